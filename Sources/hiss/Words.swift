import ArgumentParser
import Foundation
import Rendering
import Synthesis
import Text
import Training

struct Words: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what a model knows by name.",
    discussion: """
      Instruments with their other names, drums, styles, moods and so on, as the captions have them that the model learned \
      from; of many names in a row the most usual comes first. What is not here, a model has to guess, or cannot make.

      `hiss train` writes a model's words beside it. For an older model --learn does, from its captions: a folder with a \
      metadata.jsonl, or such a file (`hiss corpus --captions-only` composes those of the bundled model).

      EXAMPLES
        hiss words
        hiss words vio
        hiss words --model mine --json
        hiss words --explain "sad oud melody, no drums"
        hiss words --model old --learn my-samples
      """)

  @Argument(help: "Only words that begin so.")
  var prefix: String?

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Write the model's words anew, from these captions.", valueName: "folder"))
  var learn: [String] = []

  @Option(
    help: ArgumentHelp("Say what a prompt is taken for, without a clip; - reads one a line.", valueName: "prompt"))
  var explain: String?

  @Flag(help: "Print them as JSON on stdout.")
  var json = false

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    if !learn.isEmpty {
      let folder = try ModelLibrary.locate(model)
      let captions = try learn.flatMap { try CaptionList.captions(in: URL(fileURLWithPath: $0)) }
      try WordList.write(captions, to: folder, encoder: engine.makeEncoder(), threads: engine.work.threads)
    }
    let source = try ModelSource(named: model)
    let name = source.name
    guard let vocabulary = try source.vocabulary() else { throw WordError.noList(model: name) }
    if let explain { return try tell(try Explanation.prompts(explain), source) }
    let groups = KnownWords(vocabulary, prefix: prefix).groups
    if json {
      try Console.result(json: Report(model: name, groups: groups))
    } else if groups.isEmpty {
      throw WordError.noWord(model: name, prefix: prefix ?? "")
    } else {
      for group in groups { print(group) }
    }
  }

  private func tell(_ prompts: [String], _ source: ModelSource) throws {
    let reader = try engine.renderer(source).synthesizer.wordReader()
    for prompt in prompts {
      guard let reader else { throw WordError.noList(model: source.name) }
      let explanation = try Explanation(prompt, reader)
      if json {
        Console.result(try explanation.line)
      } else {
        for line in explanation.lines(model: source.name) { Console.result(line) }
      }
    }
  }

  private func print(_ group: KnownWords.Group) {
    Console.result("\(group.name):")
    for entry in group.entries {
      Console.result("  " + entry.name + (entry.others.isEmpty ? "" : ": " + entry.others.joined(separator: ", ")))
    }
  }

  private struct Report: Encodable {
    var model: String
    var groups: [KnownWords.Group]
  }
}

/// Writes the words of captions beside a model, and says how that goes.
enum WordList {
  static func write(
    _ captions: some Sequence<String>, to folder: URL, encoder: SentenceEncoder, threads: Int
  ) throws(TextError) {
    let progress = ProgressLine("Reading captions")
    defer { progress.finish() }
    let vocabulary = VocabularyBuilder(captions).vocabulary(encoder: encoder, threads: threads) {
      progress.update($0, of: $1)
    }
    try vocabulary.write(to: folder)
  }
}
