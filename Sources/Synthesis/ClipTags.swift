public import Audio
public import Foundation
import Storage

/// Why nothing can be made of a clip's tags.
public enum ClipTagsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// They ask for what no clip can have.
  case impossible(path: String, reason: String)
  /// A newer Hiss wrote them, or somebody changed them.
  case unreadable(path: String, UnreadableTags)

  public var description: String {
    switch self {
    case .impossible(let path, let reason): "\(path): no clip can be made of its tags: \(reason)"
    case .unreadable(let path, let tags):
      "\(path): Hiss \(tags.version) made it, and this version does not read its tags: \(tags.field)"
    }
  }
}

/// What makes a clip replayable, as its file keeps it: everything that its bytes depend on.
public struct ClipTags: Codable, Sendable, Equatable {
  /// What files name as the program that made them; those of one clip name its version too.
  public static let program = "Hiss"
  /// This version of Hiss.
  public static let currentVersion = "0.1.0"

  /// The version of Hiss that made it.
  public var hiss: String
  /// The name of the model's folder, and `ModelBundle.hash(of:)`.
  public var model: String
  public var modelHash: String
  /// Of the file, in hertz.
  public var sampleRate: Int
  public var request: GenerationRequest
  /// What else its bytes depend on; fields of their own in the tags, which those of older versions lack.
  public var environment: ClipEnvironment {
    get { ClipEnvironment(textEncoder: textEncoder, processor: processor, leaps: leaps) }
    set { (textEncoder, processor, leaps) = (newValue.textEncoder, newValue.processor, newValue.leaps) }
  }
  private var textEncoder: String?
  private var processor: String?
  private var leaps: String?
  /// How its file is written; files of older versions, which say nothing of it, have texts alone.
  public var file: FileRequest {
    get {
      var file = FileRequest(cues: cues, isPlain: isPlain)
      file.revision = fileRevision
      return file
    }
    set { (cues, isPlain, fileRevision) = (newValue.cues, newValue.isPlain, newValue.revision) }
  }
  private var cues: FileRequest.Cues?
  private var fileRevision: Int?
  /// A plain file has no tags that could say so.
  private var isPlain = false
  /// Where the clip was going, if it is one on the way from its request to another; nil for a plain clip.
  public internal(set) var morph: MorphTarget?
  /// What was too long in the file that they were read from, in one line; nil if nothing was.
  private var excess: String?

  private enum CodingKeys: CodingKey {
    case hiss, model, modelHash, sampleRate, request, textEncoder, processor, leaps, morph, cues, fileRevision
  }

  public init(
    hiss: String, model: String, modelHash: String, sampleRate: Int, request: GenerationRequest,
    environment: ClipEnvironment = .unknown, file: FileRequest = FileRequest()
  ) {
    self.hiss = hiss
    self.model = model
    self.modelHash = modelHash
    self.sampleRate = sampleRate
    self.request = request
    self.environment = environment
    self.file = file
    fileRevision = FileRevision.settled(file.revision, for: request)
  }

  /// What in them no clip can have, in one line; nil if nothing. They may come from anyone.
  public var problem: String? {
    if let excess { return excess }
    for (name, text) in [
      ("hiss", hiss), ("model", model), ("modelHash", modelHash), ("textEncoder", textEncoder ?? ""),
      ("processor", processor ?? ""), ("leaps", leaps ?? ""),
    ] where text.utf8.count > Self.longestName || text.holdsPromptControls {
      return "\(name) is longer than \(Self.longestName) bytes, or holds control characters"
    }
    if let fileRevision, !(2...FileRevision.current).contains(fileRevision) {
      return "revision \(fileRevision) of the file is not known: a newer Hiss wrote this"
    }
    let draft = RequestDraft(request, sampleRate: sampleRate)
    if let problem = draft.rangeProblem { return problem.text() }
    if let problem = morphRequest?.problem ?? request.problem { return problem }
    return morph.flatMap { RequestDraft($0.to, sampleRate: sampleRate).rangeProblem?.text() }
  }

  /// Reads them back from a file's tags; nil where the comment is none of this kind. What is longer than any clip's texts are
  /// is cut, which `problem` tells.
  public init?(_ tags: AudioTags) {
    func decoded(_ json: String) -> Self? { try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) }
    guard let comment = tags.comment, let read = decoded(comment) else { return nil }
    self = read
    guard comment.utf8.count > TagText.longestText else { return }
    // Of the fields that are known: those of later versions may be of any length.
    let text = TagText(read.json)
    guard let excess = text.excess, let bounded = decoded(text.json) else { return }
    self = bounded
    self.excess = excess
  }

  /// The prompt as the title (its beginning, if it is long), and everything as JSON in the comment.
  public var audioTags: AudioTags {
    AudioTags(title: title, comment: json, software: "\(Self.program) \(hiss)")
  }

  /// One line of JSON in ASCII, which every container keeps as it is: MP3 and old readers know no UTF-8.
  public var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings, whole numbers and finite ones (see `GenerationRequest.problem`) can always be encoded.
    let text = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return JSONText.ascii(text)
  }

  /// The tags of a clip whose files lie beside it, wherever both are now.
  /// - Parameter readsOutside: whether files that they name elsewhere may be read.
  public func findingFiles(beside clip: URL, readsOutside: Bool = false) -> ClipTags {
    var tags = self
    tags.request = request.findingFiles(beside: clip, readsOutside: readsOutside)
    if let morph { tags.morph?.to = morph.to.findingFiles(beside: clip, readsOutside: readsOutside) }
    return tags
  }

  /// The prompt, or its beginning.
  var title: String {
    let printable = request.prompt.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 }
    return printable.count <= Self.longestTitle
      ? String(printable) : String(printable.prefix(Self.longestTitle - 1)) + "…"
  }

  private static let longestTitle = 200
  /// In bytes: of a folder, a hash or a version.
  private static let longestName = 255
}
