import Audio
public import Foundation
import Pictures
public import Spectra
import Storage
import Synthesis
import Training

/// The previews of a training, in the folder of its model: a clip of each category for every look, its picture, what it was
/// taken for, and a page on which one hears the training learn.
public struct PreviewFolder: Sendable {
  /// One clip of one look, as `previews.jsonl` holds it.
  package struct Row: Codable, Sendable, Equatable {
    package var step: Int
    package var category: String
    package var takenFor: String
    package var novelty: Double
    /// Without its extension, beside the page.
    package var file: String
  }

  /// `previews` in the model's folder.
  public let url: URL
  private let vocoder: Vocoder
  private let mel: MelConfiguration
  package private(set) var rows: [Row]

  /// Opens the previews of a model, keeping those up to `step`: a training that goes on makes the later ones anew.
  public init(inModel folder: URL, upTo step: Int, mel: MelConfiguration) {
    url = folder.appendingPathComponent(TrainingFolder.previewsName)
    self.mel = mel
    vocoder = Vocoder(mel)
    rows = Self.rows(inModel: folder).filter { $0.step <= step }
  }

  /// The clips of all looks, as they are listed.
  package static func rows(inModel folder: URL) -> [Row] {
    let list = folder.appendingPathComponent("\(TrainingFolder.previewsName)/\(listName)")
    let lines = (try? String(contentsOf: list, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.compactMap { try? JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
  }

  private static let listName = TrainingFolder.previewsListName

  /// Adds a look: the first clip of each category.
  /// - Throws: `StorageError`, `AudioFileError` or `PictureError` when it cannot be written.
  public mutating func add(_ report: Previews.Report, step: Int) throws {
    try DurableFile.makeFolder(url)
    rows.removeAll { $0.step == step }
    for (category, clips) in Dictionary(grouping: report.clips, by: \.category).sorted(by: { $0.key < $1.key }) {
      guard let clip = clips.first else { continue }
      let name = String(format: "%07d-", step) + ClipName.of(category)
      let count = clip.frames.frameCount * mel.hopLength
      let samples = vocoder.synthesize(
        clip.frames, sampleCount: count, iterations: clip.request.vocoderIterations, seed: clip.request.seed)
      try AudioFile.write(
        AudioClip(mono: samples, sampleRate: mel.sampleRate), to: url.appendingPathComponent(name + ".wav"),
        facts: .generated)
      let picture = SpectrogramThumbnail.draw(
        values: clip.frames.values, melBandCount: clip.frames.bandCount, width: 120, height: 72, levels: 24)
      try DurableFile.write(picture.pngData(), to: url.appendingPathComponent(name + ".png"))
      rows.append(
        Row(step: step, category: category, takenFor: clip.takenFor, novelty: clip.novelty, file: name))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let lines = try rows.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
    try DurableFile.write(lines.joined().utf8, to: url.appendingPathComponent(Self.listName))
    try DurableFile.write(PreviewPage.html(rows).utf8, to: url.appendingPathComponent("index.html"))
  }
}

/// The page of a training's previews: a row for each category, a column for each look.
enum PreviewPage {
  static func html(_ rows: [PreviewFolder.Row]) -> String {
    let (steps, categories) = (Set(rows.map(\.step)).sorted(), Set(rows.map(\.category)).sorted())
    let head = steps.map { "<th>step \($0)</th>" }.joined()
    let body = categories.map { category in
      let cells = steps.map { step in
        rows.first { $0.step == step && $0.category == category }.map(cell) ?? "<td></td>"
      }
      return "<tr><th>\(HTMLText.escaped(category))</th>\(cells.joined())</tr>"
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file: data:; \
      media-src 'self' file: data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      <title>How it learns</title>
      <style>\(style)</style>
      </head>
      <body>
      <h1>How it learns</h1>
      <p>The same noise at each step. A click plays a clip. Red is what the folder's own clips take for something else.</p>
      <table><thead><tr><th></th>\(head)</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody></table>
      <script>\(script)</script>
      </body>
      </html>

      """
  }

  private static func cell(_ row: PreviewFolder.Row) -> String {
    let isRight = row.takenFor == row.category
    let words = isRight ? "" : "taken for \(row.takenFor), "
    return """
      <td class="\(isRight ? "right" : "wrong")"><button data-sound="\(HTMLText.escaped(row.file)).wav">\
      <img src="\(HTMLText.escaped(row.file)).png" alt="Spectrogram" loading="lazy"></button>\
      <small>\(HTMLText.escaped(words))novelty \(String(format: "%.2f", row.novelty))</small></td>
      """
  }

  private static let script = """
    let playing; document.addEventListener('click', event => { const button = event.target.closest('button');
      if (!button) return; if (playing) playing.pause(); playing = new Audio(button.dataset.sound); playing.play(); });
    """

  private static let style = """
    :root { color-scheme: light dark; }
    body { font: 14px/1.4 system-ui, sans-serif; padding: 24px; }
    table { border-collapse: collapse; } th { text-align: left; padding: 4px 8px; font-weight: 600; }
    td { padding: 4px; vertical-align: top; } small { display: block; max-width: 120px; }
    button { border: 0; padding: 0; background: none; cursor: pointer; } img { display: block; border-radius: 4px; }
    .wrong small { color: #c0392b; }
    """
}
