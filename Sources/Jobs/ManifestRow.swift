package import Synthesis

/// A job that something else than a manifest's line asks for.
package struct ManifestRow: Sendable {
  /// Where that is said.
  package var line: Int
  package var fields: [(name: String, value: FieldValue)]
  /// The path of the folder that it lies in, in the batch's own.
  package var folder: String
  package var template: NameTemplate
  package var product: Job.Product?

  package init(
    line: Int, fields: [(name: String, value: FieldValue)], folder: String, template: NameTemplate,
    product: Job.Product? = nil
  ) {
    (self.line, self.fields, self.folder, self.template, self.product) = (line, fields, folder, template, product)
  }
}

extension ManifestReader {
  mutating func read(_ rows: [ManifestRow]) {
    tellsOnce = true
    for row in rows where !isFull {
      var reasons: [String] = []
      let described = reader.described(row.fields) { reasons.append($0) }
      for reason in reasons { report(reason, line: row.line) }
      guard var job = described else { continue }
      (job.id, job.folder, job.product) = (.template(row.template), row.folder, row.product)
      queue(.job(job), line: row.line)
    }
    settle()
  }
}
