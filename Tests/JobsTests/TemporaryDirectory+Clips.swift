import Foundation
import TestSupport

extension TemporaryDirectory {
  /// Every file's bytes but the ledger's.
  func clips() throws -> [String: Data] {
    let names = try contents().filter { $0 != "ledger.jsonl" }
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: file($0))) })
  }
}
