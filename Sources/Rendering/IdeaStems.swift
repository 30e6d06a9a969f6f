package import Audio
package import Corpus
package import Foundation
import Music
import Storage
package import Synthesis
package import Text

/// An idea as a band plays it: a file for each player, all of one length, their sum, and their notes.
///
/// Bass, chords and lead are clips of the model, made from their own notes; drums are strokes of the model's, a kit, put
/// where their notes are. Levels are those of the requests, so that each clip can be made again by itself.
package struct IdeaStems {
  let idea: Idea
  let folder: URL
  let request: GenerationRequest
  private let model: ModelIdentity
  let sampleRate: Int
  /// What the sum should be, in LUFS; nil for as it comes.
  let lufs: Double?

  /// - Parameters:
  ///   - sketch: of an idea that was composed with a band.
  ///   - folder: where it goes; made if it is missing.
  package init(_ sketch: IdeaSketch, in folder: URL, model: ModelIdentity, sampleRate: Int, lufs: Double?) {
    precondition(!sketch.idea.stems.isEmpty, "an idea without stems")
    (idea, request, self.folder) = (sketch.idea, sketch.request, folder)
    (self.model, self.sampleRate, self.lufs) = (model, sampleRate, lufs)
  }

  /// Folders for some ideas, idea-1 and so on or of another kind, of names under which nothing is there.
  /// - Throws: `OutputError` for a path that is a file's.
  package static func folders(
    _ count: Int, in output: String, named kind: String = "idea"
  ) throws(OutputError) -> [URL] {
    let parent = try OutputPlace.url(output)
    guard OutputPlace.isFolder(parent) != false, output.hasSuffix("/") || !IdeaFiles.namesAudio(parent) else {
      throw .notAFolder(path: output)
    }
    try OutputPlace.check(folder: parent)
    var taken = Set<String>()
    return (1...count).map { number in
      var (name, suffix) = ("\(kind)-\(number)", 2)
      while taken.contains(name) || FileIdentity.isTaken(parent.appendingPathComponent(name)) {
        name = "\(kind)-\(number)-\(suffix)"
        suffix += 1
      }
      taken.insert(name)
      return parent.appendingPathComponent(name)
    }
  }

  /// One file.
  struct Stem {
    let role: IdeaStem.Role
    var clip: AudioClip
    /// What it was asked for.
    let prompt: String
    /// What makes it; nil for drums, which a kit plays, and for what is joined of parts.
    var request: GenerationRequest?
  }

  package static let mixName = "mix.wav"
  private static let scoreName = "idea.mid"

  /// The names of all its files, the mix first.
  package var fileNames: [String] {
    [Self.mixName, Self.scoreName] + idea.stems.flatMap { ["\($0.role.rawValue).mid", "\($0.role.rawValue).wav"] }
  }

  /// What was written.
  package struct Written {
    /// The mix first, then the stems in the idea's order.
    package let files: [URL]
    /// What each was asked for.
    package let prompts: [IdeaStem.Role: String]
    package let remarks: [String]
  }

  /// Makes the stems and writes them, the mix last. Where that fails, nothing is left.
  /// - Parameter isStopped: as in `Synthesizer.generate`.
  /// - Throws: `StorageError`, `AudioFileError`, `ControlError`, `InstrumentError`.
  package func write(
    by synthesizer: Synthesizer, vocabulary: Vocabulary?, threads: Int,
    progress: @escaping @Sendable (Int, Int) -> Void, isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> Written {
    do { return try make(synthesizer, vocabulary, threads: threads, progress, isStopped) } catch {
      for name in fileNames { unlink(folder.appendingPathComponent(name).path) }
      try? FileManager.default.removeItem(at: partFolder)
      rmdir(folder.path)
      throw error
    }
  }

  private func make(
    _ synthesizer: Synthesizer, _ vocabulary: Vocabulary?, threads: Int,
    _ progress: @escaping @Sendable (Int, Int) -> Void, _ isStopped: @escaping @Sendable () -> Bool
  ) throws -> Written {
    try DurableFile.makeFolder(folder)
    try idea.score.write(to: folder.appendingPathComponent(Self.scoreName))
    for stem in idea.stems {
      try idea.score(of: stem).write(to: folder.appendingPathComponent("\(stem.role.rawValue).mid"))
    }
    var stems =
      idea.sections.isEmpty
      ? try melodic(synthesizer, progress, isStopped) : try joined(synthesizer, progress, isStopped)
    var remarks: [String] = []
    if isStopped() { throw ControlError.stopped }
    if let player = idea.stems.first(where: { $0.role == .drums }) {
      let drums = try drums(player, synthesizer, vocabulary, threads: threads)
      stems.insert(drums.stem, at: 0)
      remarks = drums.remarks
    }
    let balanced = balanced(stems)
    for stem in balanced {
      let tags = stem.request.map { model.tags($0, sampleRate: sampleRate) }
      try AudioFile.write(
        stem.clip, to: url(stem.role),
        tags: tags?.audioTags ?? AudioTags(title: "\(idea.prompt): \(stem.role.rawValue)", software: ClipTags.program),
        facts: tags?.facts(of: stem.clip) ?? facts)
    }
    let mix = folder.appendingPathComponent(Self.mixName)
    let tags = AudioTags(title: idea.prompt, software: ClipTags.program)
    try AudioFile.write(Self.sum(balanced.map(\.clip)), to: mix, tags: tags, facts: facts)
    return Written(
      files: [mix] + balanced.map { url($0.role) },
      prompts: Dictionary(uniqueKeysWithValues: balanced.map { ($0.role, $0.prompt) }),
      remarks: remarks)
  }

  private func url(_ role: IdeaStem.Role) -> URL { folder.appendingPathComponent("\(role.rawValue).wav") }

  /// What files say that are more than one clip of the model.
  private var facts: SoundFacts {
    var facts = SoundFacts.generated
    facts.tempo = idea.tempo
    facts.beats = Int((Double(idea.bars) * idea.timeSignature.quartersPerBar).rounded())
    facts.meter = SoundFacts.Meter(idea.timeSignature.numerator, idea.timeSignature.denominator)
    return facts
  }
}
