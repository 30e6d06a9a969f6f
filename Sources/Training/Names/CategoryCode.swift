/// A category of the Universal Category System as names begin with it: "WEAPSwrd" is a weapon, a sword.
struct CategoryCode: Sendable, Equatable {
  let category: String
  /// In the words of a caption.
  let wording: String
  /// The user's own subcategory, which stands behind a hyphen: "Metal" in "WEAPSwrd-Metal".
  let rest: String

  /// - Parameters:
  ///   - field: the first of a name's fields.
  ///   - fieldCount: how many there are; with three, a subcategory need not be known.
  /// - Returns: nil for what is no such code.
  init?(_ field: String, fieldCount: Int, table: NameTable) {
    let parts = field.split(separator: "-", maxSplits: 1).map(String.init)
    guard let name = parts.first, name.allSatisfy({ $0.isASCII && $0.isLetter }), fieldCount > 1 else { return nil }
    guard let (code, entry) = table.codes.filter({ name.hasPrefix($0.key) }).max(by: { $0.key.count < $1.key.count })
    else { return nil }
    let detail = String(name.dropFirst(code.count))
    guard detail.count > 1, detail.first?.isUppercase == true, detail.dropFirst().allSatisfy(\.isLowercase) else {
      return nil
    }
    let known = table.parts[detail]
    guard known != nil || fieldCount > 2 else { return nil }
    category = entry.category
    let words = known ?? ""
    wording = words.isEmpty ? entry.category : entry.meaning.replacing("%", with: words)
    rest = parts.count > 1 ? parts[1] : ""
  }
}
