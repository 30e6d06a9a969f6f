import Foundation

/// A voice as people name it: `mine`, `mine:0.7`, `./voices/mine:1.5`.
public struct VoiceReference: Sendable, Equatable {
  /// A name or a folder.
  public var name: String
  public var weight: Double

  /// Reads a name and, behind a colon, a weight; without one the weight is 1.
  public init(_ text: some StringProtocol) {
    (name, weight) = (String(text), 1)
    guard let colon = text.lastIndex(of: ":"), let number = Double(text[text.index(after: colon)...]) else { return }
    (name, weight) = (String(text[..<colon]), number)
  }

  /// The voice of that name.
  /// - Throws: `ModelError`.
  func voice() throws(ModelError) -> ModelSource.Voice {
    try ModelSource.Voice(folder: ModelLibrary.locate(name), weight: weight)
  }
}

/// Models with voices by name, as clips' tags keep them: `first+mine:0.7+yours:0.4`.
extension ModelSource {
  /// The name of the model and of its voices, with their weights where these are not 1.
  public var name: String {
    ([base.standardizedFileURL.lastPathComponent] + voices.map(\.reference)).joined(separator: "+")
  }

  /// A model by its name or folder, a voice, which is its base with it, or a model with voices.
  /// - Throws: `ModelError`; `missing` where there is no such model or voice.
  public init(named reference: String) throws(ModelError) {
    if let folder = try? ModelLibrary.locate(reference) {
      try self.init(folder: folder)
      return
    }
    var first: ModelError?
    for (model, voices) in Self.splits(reference) {
      guard let folder = try? ModelLibrary.locate(model) else { continue }
      do {
        self = try ModelSource(folder: folder).adding(voices)
        return
      } catch { first = first ?? error }
    }
    throw first ?? .missing(path: reference)
  }

  /// The same with voices of these names.
  public func adding(_ references: [VoiceReference]) throws(ModelError) -> ModelSource {
    var voices: [Voice] = []
    for reference in references { voices.append(try reference.voice()) }
    return try adding(voices)
  }

  /// The very model, with the very voices, that made a clip: those of these names, or others of that hash.
  ///
  /// The name comes from a clip's tags, and so from anyone: one that is a path to elsewhere is not followed.
  /// - Throws: `ModelError.missing` where they are not here, `changed` where there are only others of these names.
  public init(named name: String, hash: String) throws(ModelError) {
    if !Self.splits(name).isEmpty, let source = try Self.source(named: name, hash: hash) {
      self = source
    } else {
      try self.init(folder: ModelLibrary.locate(name, hash: hash))
    }
  }

  /// A model with voices, whatever the model and a voice that is alone are called now; nil where there is none.
  private static func source(named name: String, hash: String) throws(ModelError) -> ModelSource? {
    var other: String?
    for (_, references) in splits(name) where references.allSatisfy({ ModelLibrary.isPlainName($0.name) }) {
      for folders in candidates(references) {
        guard let source = try? source(folders, references.map(\.weight)) else { continue }
        let found = try source.hash()
        if found == hash { return source }
        if source.name == name { other = found }
      }
    }
    if let other { throw .changed(path: name, hash: other, wanted: hash) }
    return nil
  }

  /// Folders that voices of these names may be in.
  private static func candidates(_ references: [VoiceReference]) -> [[URL]] {
    let named = references.compactMap { try? ModelLibrary.locate($0.name) }
    let byName = named.count == references.count ? [named] : []
    return byName + (references.count == 1 ? ModelLibrary.all().map { [$0] } : [])
  }

  private static func source(_ folders: [URL], _ weights: [Double]) throws(ModelError) -> ModelSource {
    var voices: [Voice] = []
    for (folder, weight) in zip(folders, weights) { voices.append(try Voice(folder: folder, weight: weight)) }
    let base = try ModelLibrary.base(voices[0].base, of: voices[0].folder)
    return try ModelSource(folder: base).adding(voices)
  }

  /// What a name may mean: a model, whose own name may have a plus, and one voice or more.
  private static func splits(_ name: String) -> [(model: String, voices: [VoiceReference])] {
    let parts = name.split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }) else { return [] }
    return (1..<parts.count).map { count in
      (parts[..<count].joined(separator: "+"), parts[count...].map { VoiceReference($0) })
    }
  }
}
