import Audio
import Foundation
import Storage
import Synthesis

/// A sound's file with what it says and what is measured of it.
struct SoundFile: Sendable {
  let url: URL
  let measures: ClipMeasures
  /// nil of a sound that Hiss did not make.
  let facts: ClipFacts?
  private let modified: Date

  /// - Throws: `AudioFileError`.
  init(_ url: URL) throws(AudioFileError) {
    self.url = url
    let tags = try AudioFile.tags(of: url)
    measures = try ClipMeasures(try AudioFile.read(url))
    facts = Self.facts(tags, url)
    let touched = try? FileManager.default.attributesOfItem(atPath: url.path)[.modificationDate] as? Date
    modified = touched ?? Date()
  }

  /// What a file's tags say; nil where Hiss did not make it.
  static func facts(_ tags: AudioTags, _ url: URL) -> ClipFacts? {
    let name = url.deletingPathExtension().lastPathComponent
    if let clip = ClipTags(tags), clip.problem == nil {
      var facts = ClipFacts(clip)
      facts.name = name
      return facts
    }
    // Mixes of stems say that Hiss made them, and tags of another version too; what they say more is not read.
    guard tags.software?.hasPrefix(ClipTags.program) == true else { return nil }
    var facts = ClipFacts(name: name)
    (facts.prompt, facts.caption, facts.kind) = (tags.title ?? name, tags.title ?? name, "import")
    return facts
  }

  func made(_ facts: ClipFacts, hash: String, byteCount: Int) -> LibraryEvent.Made {
    let incoming = IncomingClip(
      facts: facts, measures: measures, fileExtension: url.pathExtension, hash: hash, byteCount: byteCount,
      createdAt: modified)
    var clip = incoming.clip(id: LibraryID.new())
    clip.group = clip.id
    return LibraryEvent.Made(
      clip: clip, request: facts.request, features: Data(measures.features), hash: hash, byteCount: byteCount)
  }

  /// The same clip after somebody edited its file.
  func updating(_ made: LibraryEvent.Made, hash: String, byteCount: Int) -> LibraryEvent.Made {
    var made = made
    (made.hash, made.byteCount, made.features) = (hash, byteCount, Data(measures.features))
    (made.clip.seconds, made.clip.frames, made.clip.sampleRate) = (
      measures.seconds, measures.frames, measures.sampleRate
    )
    (made.clip.channels, made.clip.peak, made.clip.loudness) = (measures.channels, measures.peak, measures.loudness)
    made.clip.brightness = measures.brightness
    return made
  }
}
