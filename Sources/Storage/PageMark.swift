package import Foundation

/// What a page says of who made it, and what of: by this one page is known from another before it is replaced.
package enum PageMark {
  /// The element of the page's head.
  package static func element(_ words: String) -> String {
    "<meta name=\"generator\" content=\"\(HTMLText.escaped("Hiss: " + words))\">"
  }

  /// Whether a file is a page with these words.
  package static func stands(_ words: String, in page: URL) -> Bool {
    guard let file = try? FileHandle(forReadingFrom: page) else { return false }
    defer { try? file.close() }
    guard let head = try? file.read(upToCount: 4096) else { return false }
    return String(decoding: head, as: UTF8.self).contains(element(words))
  }
}
