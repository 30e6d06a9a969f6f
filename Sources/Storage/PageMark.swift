package import Foundation

/// What a page says of who made it, and what of, and by which it is known whether anybody has changed it since: so one page
/// is known from another before it is replaced.
package enum PageMark {
  /// The element of the page's head.
  package static func element(_ words: String) -> String {
    "<meta name=\"generator\" content=\"\(HTMLText.escaped("Hiss: " + words))\">"
  }

  /// The page with a seal at its end: the hash of what comes before.
  package static func sealed(_ page: String) -> String { page + seal(StableHash.of(page)) }

  /// Whether a file is a page with these words that is as it was written.
  package static func stands(_ words: String, in page: URL) -> Bool {
    guard let bytes = try? MappedFile.read(page), bytes.count > sealLength else { return false }
    let (content, end) = (bytes.dropLast(sealLength), bytes.suffix(sealLength))
    guard String(decoding: content.prefix(4096), as: UTF8.self).contains(element(words)) else { return false }
    return end.elementsEqual(seal(content.withUnsafeBytes { StableHash.of($0) }).utf8)
  }

  private static func seal(_ hash: UInt64) -> String { "<!-- \(StableHash.hexadecimal(hash)) -->\n" }

  private static var sealLength: Int { seal(0).utf8.count }
}
