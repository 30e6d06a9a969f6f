extension RequestDraft {
  /// Takes one field by its name.
  /// - Throws: `FieldProblem` for a field that is unknown or whose value is of the wrong kind.
  package mutating func set(_ name: String, to value: FieldValue) throws(FieldProblem) {
    guard let field = RequestField.named(name) else {
      throw FieldProblem(reason: "unknown; the fields are \(RequestField.names.joined(separator: ", "))")
    }
    setFields.insert(field.name)
    do { try field.set(&self, value) } catch let problem as FieldProblem { throw problem } catch {
      throw FieldProblem(reason: "\(error)")
    }
  }
}
