import Audio
package import Foundation
package import Synthesis

/// The sound that relatives are made of, and what is known of it.
package struct Kin {
  /// Of a clip that Hiss made from noise; nil of a recording.
  let tags: ClipTags?
  let file: URL
  let prompt: String
  /// Whether the prompt is what the file is called.
  private let isNamedByFile: Bool
  /// Of the files to make, in hertz.
  package var sampleRate = 44_100

  /// - Parameters:
  ///   - readsOutside: whether files may be read that its tags name outside of its folder.
  ///   - prompt: what a recording sounds like, or nil; a clip of Hiss's says it itself.
  /// - Throws: `AudioFileError` where it cannot be read, `ClipTagsError` where no clip can be made of its tags.
  package init(_ file: URL, readsOutside: Bool, prompt: String?) throws {
    let found = try AudioFile.tags(of: file)
    if let unreadable = UnreadableTags(found) { throw ClipTagsError.unreadable(path: file.path, unreadable) }
    let made = ClipTags(found)
    if let problem = made?.problem { throw ClipTagsError.impossible(path: file.path, reason: problem) }
    // A clip on the way between two, one that is partly a recording, one that is cut out of another, and one that is asked
    // to be something else, are recordings like any other.
    let edit = made?.request.edit
    let isOwn = made != nil && made?.morph == nil && edit?.share == nil && edit?.loopStart == nil && prompt == nil
    tags = isOwn ? made?.findingFiles(beside: file, readsOutside: readsOutside) : nil
    self.file = file
    let words = file.deletingPathExtension().lastPathComponent.map { $0.isLetter ? $0 : " " }
    let name = String(words).split(separator: " ").joined(separator: " ")
    self.prompt = prompt ?? made?.request.prompt ?? name
    isNamedByFile = prompt == nil && made == nil
  }

  /// The model that made it, or another that is named; of a recording the usual one.
  /// - Throws: `ModelError`.
  package func model(named name: String?) throws -> ModelSource {
    if let name { return try ModelSource(named: name) }
    guard let tags else { return try ModelSource(named: ModelLibrary.defaultName) }
    return try ModelSource(named: tags.model, hash: tags.modelHash)
  }

  /// What should be known before relatives are made; nil for nothing.
  package func note(modelHash: String) -> String? {
    if let tags {
      return tags.modelHash == modelHash
        ? nil : "warning: another model made \(file.path): with this one relatives are farther from it"
    }
    return isNamedByFile ? "note: no --prompt: what \(file.path) sounds like is read in its name, \"\(prompt)\"" : nil
  }

  /// How relatives are named unless something else is said: after the source.
  package var template: NameTemplate? {
    let stem = file.deletingPathExtension().lastPathComponent.prefix(Self.longestName)
    return try? NameTemplate(stem.filter { !"{}".contains($0) } + "_{take}")
  }

  private static let longestName = 60

  /// The requests of relatives.
  /// - Throws: `RequestProblem`, `ControlError`, `AudioFileError`.
  package func relatives(
    count: Int, distance: Double, seed: UInt64, for model: ModelSource, lufs: Double?, keepsLevel: Bool,
    keepsLength: Bool
  ) throws -> [GenerationRequest] {
    let sound = keepsLevel || keepsLength ? try AudioFile.read(file) : nil
    let length = keepsLength ? sound?.duration : nil
    var request = try tags?.request.withFilesFromHere ?? recording(distance: distance, for: model)
    let loudness = keepsLevel ? sound?.loudness.integrated : nil
    if let lufs = lufs ?? loudness.flatMap({ (-60...0).contains($0) ? $0 : nil }) {
      (request.lufs, request.peak) = (lufs, nil)
    }
    guard tags != nil else {
      return (0..<UInt64(count)).map { index in
        var relative = request
        relative.seed = seed &+ index
        return relative
      }
    }
    return request.relatives(count: count, distance: distance, seed: seed, seconds: length)
  }

  /// A variation of a recording: as long, and as loud.
  private func recording(distance: Double, for model: ModelSource) throws -> GenerationRequest {
    var draft = RequestDraft(sampleRate: sampleRate)
    draft.prompt = prompt
    draft.vocabulary = try? model.vocabulary()
    draft.changedRecording = try ControlFile(path: file.path, as: .sound)
    (draft.strength, draft.share) = RelationScale.recording(of: distance)
    return try draft.resolve(takesControls: model.configuration.takesControls).request
  }
}
