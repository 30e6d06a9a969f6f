import Foundation
import Storage

/// The HTML of a contact sheet: one file, without anything from the network.
enum SheetPage {
  struct Card {
    let number: Int
    let name: String
    let prompt: String
    let facts: String
    /// URLs.
    let picture: String
    let source: String
    /// What `hiss inspect --json` prints.
    let json: String
  }

  /// By what a page is known.
  static func mark(_ title: String) -> String { "the clips of \(title)" }

  static func html(title: String, cards: [Card], failures: [String], seconds: Double) -> String {
    let minutes = String(format: "%.1f min", seconds / 60)
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      \(PageMark.element(mark(title)))
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      media-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>\(HTMLText.escaped(title)): \(cards.count) clips</title>
      <style>\(style)</style>
      </head>
      <body>
      <header>
      <h1>\(HTMLText.escaped(title))</h1>
      <p>\(cards.count) clips, \(minutes)\(failures.isEmpty ? "" : ", \(failures.count) failed")</p>
      <input id="filter" type="search" placeholder="Filter by prompt or name" aria-label="Filter by prompt or name">
      <p class="keys"><kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> choose, <kbd>space</kbd> plays, \
      <kbd>/</kbd> filters</p>
      </header>
      <main>
      \(cards.map(card).joined(separator: "\n"))
      </main>
      \(failed(failures))
      <script>\(script)</script>
      </body>
      </html>

      """
  }

  private static func card(_ card: Card) -> String {
    """
    <article tabindex="-1" aria-label="\(HTMLText.escaped(card.prompt))" data-made="\(HTMLText.escaped(card.json))">
    <div class="picture"><img src="\(card.picture)" alt="Spectrogram" loading="lazy" width="240" height="64"><i></i></div>
    <h2>\(HTMLText.escaped(card.prompt))</h2>
    <p>\(HTMLText.escaped(card.facts))<span>\(HTMLText.escaped(card.name))</span></p>
    <audio controls preload="none" src="\(HTMLText.escaped(card.source))"></audio>
    </article>
    """
  }

  private static func failed(_ failures: [String]) -> String {
    guard !failures.isEmpty else { return "" }
    let items = failures.map { "<li>\(HTMLText.escaped($0))</li>" }.joined(separator: "\n")
    return "<footer><h2>Failed</h2>\n<ul>\n\(items)\n</ul></footer>"
  }
}
