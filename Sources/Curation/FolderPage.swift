public import Foundation
public import Storage
import Training

/// The survey as a page: what there is to do, and the spectrograms of each category, with players.
public struct FolderPage {
  private let survey: FolderSurvey
  /// Clips of a category that are shown.
  private static let mostShown = 24
  /// Clips that are shown as liked most, and least.
  private static let mostLiked = 12

  /// - Parameter survey: one that drew pictures.
  public init(_ survey: FolderSurvey) { self.survey = survey }

  /// Whether a file is such a page of a folder.
  public static func isPage(_ page: URL, of folder: URL) -> Bool {
    PageMark.stands(mark(folder.standardizedFileURL.lastPathComponent), in: page)
  }

  /// By what a page is known.
  private static func mark(_ folder: String) -> String { "the samples of \(folder)" }

  /// Writes the page, whole. The sounds stay where they are.
  /// - Throws: `StorageError.cannotWrite`.
  public func write(to page: URL) throws(StorageError) {
    try DurableFile.writeShared(PageMark.sealed(html(at: page)).utf8, to: page)
  }

  private func html(at page: URL) -> String {
    let report = survey.report
    let title = HTMLText.escaped(report.folder)
    let findings = report.findings.map { finding in
      let files = finding.files.map { "<li>\(HTMLText.escaped($0))</li>" }.joined()
      let advice = finding.advice.isEmpty ? "" : ": <em>\(HTMLText.escaped(finding.advice))</em>"
      return "<details><summary>\(HTMLText.escaped(finding.what))\(advice)</summary><ul>\(files)</ul></details>"
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      \(PageMark.element(Self.mark(report.folder)))
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      media-src 'self' file:; style-src 'unsafe-inline'">
      <title>\(title): \(report.clips) samples</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <h1>\(title)</h1>
      <p class="soft">\(report.clips) clips in \(report.categories.count { $0.name != nil }) categories; \
      \(report.captions.different) different captions</p>
      <h2>To do</h2>
      \(findings.isEmpty ? "<p>Nothing.</p>" : findings.joined(separator: "\n"))
      \(likings(page))
      \(report.categories.map { section($0, page) }.joined(separator: "\n"))
      </body>
      </html>

      """
  }

  /// What a taste likes most of the folder, and least, to be heard; nothing where none was asked.
  private func likings(_ page: URL) -> String {
    let order = survey.report.byLiking
    let count = min(Self.mostLiked, order.count / 2)
    guard count > 0 else { return "" }
    func section(_ title: String, _ places: some Sequence<Int>) -> String {
      "<h2>\(title)</h2>\n<section>\n\(places.map { card($0, page) }.joined(separator: "\n"))\n</section>"
    }
    return section("Liked most", order.prefix(count)) + "\n" + section("Liked least", order.suffix(count))
  }

  private func section(_ category: FolderReport.Category, _ page: URL) -> String {
    let members = survey.report.files.indices.filter { survey.report.files[$0].category == category.name }
    let cards = members.prefix(Self.mostShown).map { card($0, page) }
    let more = members.count > cards.count ? "<p class=\"soft\">and \(members.count - cards.count) more</p>" : ""
    return """
      <h2>\(HTMLText.escaped(category.name ?? "Without a category")) <small>\(category.clips)</small></h2>
      <section>
      \(cards.joined(separator: "\n"))
      </section>
      \(more)
      """
  }

  private func card(_ place: Int, _ page: URL) -> String {
    let file = survey.report.files[place]
    let picture = survey.pictures[place].map { data in
      "<img alt=\"Spectrogram\" width=\"200\" height=\"64\" loading=\"lazy\" "
        + "src=\"data:image/png;base64,\(data.base64EncodedString())\">"
    }
    let facts =
      [
        file.sound.map { FolderReport.seconds($0.seconds) }, file.tempo.map { FolderReport.number($0) + " bpm" },
        file.liking.map { String(format: "liked %+.2f", $0) },
      ].compactMap(\.self).joined(separator: ", ")
    return """
      <figure>\(picture ?? "<div class=\"none\"></div>")<figcaption>\(HTMLText.escaped(file.caption))<br>\
      <span class="soft">\(HTMLText.escaped(file.file)) \(facts)</span></figcaption>\
      <audio controls preload="none" src="\(HTMLText.escaped(source(place, page)))"></audio></figure>
      """
  }

  /// A sound as the page finds it: beside it where the page lies in the folder.
  private func source(_ place: Int, _ page: URL) -> String {
    let isInside =
      page.deletingLastPathComponent().standardizedFileURL.path == survey.directory.standardizedFileURL.path
    guard isInside else { return survey.clips[place].audio.standardizedFileURL.absoluteString }
    let name = survey.report.files[place].file
    return "./" + (name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? name)
  }

  private static let style = """
    :root { color-scheme: light dark; --back: #f6f5f3; --card: #fff; --text: #1d1b19; --soft: #6b6660; }
    @media (prefers-color-scheme: dark) {
      :root { --back: #161514; --card: #211f1d; --text: #ece8e2; --soft: #9d968d; }
    }
    body { background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; padding: 24px;
      max-width: 1200px; margin: auto; }
    .soft, small { color: var(--soft); }
    section { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 12px; }
    figure { margin: 0; background: var(--card); border-radius: 10px; padding: 10px; overflow-wrap: anywhere; }
    img, .none { width: 100%; height: 64px; border-radius: 6px; display: block; background: #000; }
    figcaption { margin: 6px 0; font-size: 14px; }
    audio { width: 100%; height: 32px; }
    details { background: var(--card); border-radius: 8px; padding: 6px 12px; margin: 6px 0; }
    """
}
