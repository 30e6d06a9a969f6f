import Audio
public import Foundation
import Novelty
import Pictures
import Spectra
import Storage
import Synthesis
import Training

/// The report as a page: one file, with its pictures and sounds in it.
public struct EvaluationPage {
  private let outcome: Evaluator.Outcome
  /// Pairs that are shown.
  static let pairCount = 6

  public init(_ outcome: Evaluator.Outcome) { self.outcome = outcome }

  /// The page in a folder.
  public static func url(in folder: URL) -> URL { folder.appendingPathComponent("index.html") }

  /// Whether a file is such a page of a model and a data set that nobody has changed.
  public static func isPage(_ page: URL, model: String, dataset: String) -> Bool {
    PageMark.stands(mark(model, dataset), in: page)
  }

  /// By what a page is known.
  private static func mark(_ model: String, _ dataset: String) -> String { "what \(model) makes of \(dataset)" }

  /// Writes index.html into a folder, which is made.
  /// - Throws: `EvaluationError.cannotWrite`, or `AudioFileError` for a training clip that is gone.
  public func write(to folder: URL) throws {
    let page = Self.url(in: folder)
    let html = try html()
    do {
      try DurableFile.makeFolder(folder)
      try DurableFile.writeShared(PageMark.sealed(html).utf8, to: page)
    } catch {
      throw EvaluationError.cannotWrite(path: page.path, reason: error.systemReason)
    }
  }

  private func html() throws -> String {
    let report = outcome.report
    let title = HTMLText.escaped("\(report.model.name) on \(report.dataset.name)")
    let novelty = try report.novelty.map { try "<h2>Novelty</h2>\n\(Self.image(EvaluationPictures.novelty($0)))" } ?? ""
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      \(PageMark.element(Self.mark(report.model.name, report.dataset.name)))
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; media-src data:; \
      style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <h1>\(title)</h1>
      <p class="facts">\(HTMLText.escaped(facts))</p>
      <section class="verdict">\(report.verdict.lines.map { "<p>\(HTMLText.escaped($0))</p>" }.joined())</section>
      \(report.notes.map { "<p>Note: \(HTMLText.escaped($0)).</p>" }.joined(separator: "\n"))
      <h2>Fit</h2>
      \(try Self.image(EvaluationPictures.fit(report.fit)))
      \(novelty)
      \(try pairs())
      <h2>All figures</h2>
      <pre>\(HTMLText.escaped(report.text))</pre>
      </body>
      </html>

      """
  }

  private var facts: String {
    let report = outcome.report
    let size = String(format: "%.1f M parameters", Double(report.model.parameters) / 1e6)
    let steps = report.model.steps.map { ", \($0) steps" } ?? ""
    return "\(size)\(steps); \(report.dataset.trainingClips) clips to learn from, "
      + "\(report.dataset.heldOutClips) held out"
  }

  /// The closest pairs side by side.
  private func pairs() throws -> String {
    guard let first = outcome.pairs.first else { return "" }
    let spectrogram = MelSpectrogram(outcome.index.mel)
    let rows = try outcome.pairs.prefix(Self.pairCount).map { pair in
      let training = try AudioFile.read(
        pair.nearest.audio, sampleRate: first.clip.sampleRate, channelCount: first.clip.channelCount)
      let ratio = String(format: "%.2f", pair.ratio)
      return """
        <div class="pair">
        <figure>\(try Self.sound(pair.clip, spectrogram))<figcaption>made, seed \(pair.request.seed), ratio \(ratio): \
        \(HTMLText.escaped(pair.request.prompt))</figcaption></figure>
        <figure>\(try Self.sound(training, spectrogram))<figcaption>\(HTMLText.escaped(pair.nearest.name)): \
        \(HTMLText.escaped(pair.nearest.caption))</figcaption></figure>
        </div>
        """
    }
    return "<h2>Closest pairs: what was made, and the training clip nearest to it</h2>\n" + rows.joined(separator: "\n")
  }

  private static func sound(_ clip: AudioClip, _ spectrogram: MelSpectrogram) throws -> String {
    let bytes = try AudioFile.encode(clip, for: URL(fileURLWithPath: "clip.flac"), sampleFormat: .pcm16)
    let frames = spectrogram.analyze(clip.samples)
    let picture = try image(
      SpectrogramThumbnail.draw(values: frames.values, melBandCount: frames.bandCount, width: 420, height: 144))
    return "\(picture)<audio controls preload=\"none\" "
      + "src=\"data:audio/flac;base64,\(Data(bytes).base64EncodedString())\"></audio>"
  }

  private static func image(_ picture: Picture) throws -> String {
    "<img alt=\"\" src=\"data:image/png;base64,\(try picture.pngData().base64EncodedString())\">"
  }

  private static let style = """
    :root { color-scheme: light dark; --back: #f6f5f3; --card: #fff; --text: #1d1b19; --soft: #6b6660; --accent: #b3431e; }
    @media (prefers-color-scheme: dark) {
      :root { --back: #161514; --card: #211f1d; --text: #ece8e2; --soft: #9d968d; --accent: #ff8a5c; }
    }
    body { background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; padding: 24px;
      max-width: 980px; margin: auto; }
    .facts, figcaption { color: var(--soft); }
    .verdict { background: var(--card); border-left: 4px solid var(--accent); padding: 4px 16px; }
    img { max-width: 100%; border-radius: 6px; display: block; }
    .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; margin: 16px 0; }
    figure { margin: 0; }
    audio { width: 100%; margin-top: 6px; }
    pre { background: var(--card); padding: 16px; overflow-x: auto; font-size: 13px; }
    """
}
