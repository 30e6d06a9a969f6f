package import Foundation
import Novelty
import Rendering
import Synchronization
import Synthesis
import Text

/// The models that are loaded, ready to be played: the last few that were asked for.
package final class Workshop: Sendable {
  /// One with all that goes with it.
  struct Model: Sendable {
    let source: ModelSource
    let renderer: Renderer
    let vocabulary: Vocabulary?
    let reader: WordReader?
    let watch: NoveltyWatch
    let threads: Int
    let prompts = PromptMemory()
    var synthesizer: Synthesizer { renderer.synthesizer }
  }

  private struct State {
    var models: [(key: String, model: Model)] = []
    var encoder: SentenceEncoder?
  }

  /// The model where none is named: a name or a folder.
  package let usual: String
  package let threads: Int
  private let encoderFolder: URL?
  private let state = Mutex(State())
  private let warn: @Sendable (String) -> Void
  private static let mostModels = 3

  /// - Parameters:
  ///   - encoder: the text encoder's folder; nil for where it is installed.
  ///   - warn: is told what is wrong with models, in a line.
  package init(model: String, encoder: URL?, threads: Int, warn: @escaping @Sendable (String) -> Void) {
    (usual, encoderFolder, self.threads, self.warn) = (model, encoder, threads, warn)
  }

  /// A model with voices; of several that ask for one that is not loaded, one loads it.
  /// - Throws: `ModelError`, `TextError`.
  func model(named name: String? = nil, voices: [VoiceReference] = []) throws -> Model {
    try model(ModelSource(named: name ?? usual).adding(voices))
  }

  func model(_ source: ModelSource) throws -> Model {
    let key = Self.key(source)
    return try state.withLock { state in
      if let place = state.models.firstIndex(where: { $0.key == key }) {
        let found = state.models.remove(at: place)
        state.models.append(found)
        return found.model
      }
      let encoder = try state.encoder ?? SentenceEncoder(directory: SentenceEncoder.locate(explicit: encoderFolder))
      state.encoder = encoder
      let model = try load(source, encoder)
      state.models.append((key, model))
      if state.models.count > Self.mostModels { state.models.removeFirst() }
      return model
    }
  }

  private func load(_ source: ModelSource, _ encoder: SentenceEncoder) throws -> Model {
    let renderer = try Renderer(source, encoder: encoder, threads: threads)
    for warning in source.warnings { warn("warning: \(warning)") }
    let vocabulary = try? source.vocabulary()
    let reader = (try? renderer.synthesizer.wordReader()) ?? nil
    let watch = try NoveltyWatch(of: source) { warn("warning: \($0)") }
    return Model(
      source: source, renderer: renderer, vocabulary: vocabulary, reader: reader, watch: watch,
      threads: threads)
  }

  /// Loads the usual model, and makes a short clip of it, so that the first one that is asked for need not wait.
  /// - Throws: `ModelError`, `TextError`.
  package func warmUp() throws {
    let model = try model()
    _ = model.reader?.understanding(of: GenerationRequest(prompt: "piano"))
    var request = GenerationRequest(prompt: "warm electric piano chords")
    request.makeDraft()
    _ = try model.synthesizer.generate((0..<threads).map { _ in request })
  }

  /// Whether a folder's files are other ones than when they were loaded, their times tell.
  private static func key(_ source: ModelSource) -> String {
    let times = source.folders.flatMap { folder in
      ["config.json", "model.safetensors", ModelSource.Voice.fileName].map { name in
        var status = stat()
        guard stat(folder.appendingPathComponent(name).path, &status) == 0 else { return "-" }
        return "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec).\(status.st_size)"
      }
    }
    return ([source.base.path, source.name] + times).joined(separator: " ")
  }
}
