package import Audio
package import Foundation
import Novelty
package import Pictures
import Spectra
import Storage
package import Synthesis

/// Where the clips of one prompt go.
package struct OutputFiles {
  package private(set) var urls: [URL]
  /// What each clip keeps of how it is made.
  package private(set) var clips: [ClipTags]
  private let sampleRate: Int
  private let place: Place
  /// What may be replaced besides clips of the same requests.
  private let rule: OutputRule
  /// Whether each clip has a picture beside it.
  private let hasPictures: Bool

  /// What a clip's file is called after.
  private enum Place {
    /// A folder, whose files are named after their clips, or have names of their own.
    case folder(URL, names: [String]?)
    /// A file with a number, the seed, before its extension.
    case numbered(URL)
    /// The clips have their files, whatever their seeds.
    case fixed
  }

  /// Clips that have their places.
  package init(
    urls: [URL], clips: [ClipTags], sampleRate: Int, rule: OutputRule = OutputRule(), hasPictures: Bool = false
  ) {
    (self.urls, self.clips, self.sampleRate) = (urls, clips, sampleRate)
    (self.rule, self.hasPictures) = (rule, hasPictures)
    place = .fixed
  }

  /// A path with an audio extension is a file (numbered by seed, if there are several clips); any other a folder, in
  /// which files are named after the prompt and the seed, and none replaces another clip.
  /// - Parameters:
  ///   - names: of the files in a folder instead; their numbers go with a file's name then.
  ///   - rule: what may be replaced where a file is named.
  package init(
    _ output: String, clips: [ClipTags], names: [String]? = nil, sampleRate: Int, rule: OutputRule = OutputRule(),
    hasPictures: Bool = false
  ) throws(OutputError) {
    (self.clips, self.sampleRate, self.rule, self.hasPictures) = (clips, sampleRate, rule, hasPictures)
    switch try Self.destination(output) {
    case .folder(let folder):
      place = .folder(folder, names: names)
      urls = zip(names ?? clips.map(Self.name), clips).map {
        Self.freeURL(in: folder, name: $0, tags: $1, hasPictures: hasPictures, isOwn: $1.made(clip:))
      }
    case .file(let url):
      place = clips.count > 1 && names == nil ? .numbered(url) : .fixed
      urls = clips.enumerated().map { index, clip in
        clips.count == 1 ? url : Self.url(url, number: names == nil ? "\(clip.request.seed)" : "\(index + 1)")
      }
    }
  }

  /// What a path for clips names.
  package enum Destination: Equatable {
    case file(URL)
    case folder(URL)
  }

  /// - Throws: `OutputError.noName`, or `unknownExtension` for a name that is neither a sound's nor plainly a folder's.
  package static func destination(_ output: String) throws(OutputError) -> Destination {
    let url = try OutputPlace.url(output)
    if output.hasSuffix("/") || url.pathExtension.isEmpty || OutputPlace.isFolder(url) == true { return .folder(url) }
    let known = AudioFile.writableExtensions
    guard known.contains(url.pathExtension.lowercased()) else {
      throw .unknownExtension(path: output, known: known.sorted(), mayBeFolder: true)
    }
    return .file(url)
  }

  /// Where a clip goes that is made again: the file that is named, or a free name in a folder, by default beside the clip.
  /// - Throws: what `destination` throws.
  package static func replay(of clip: URL, to output: String?) throws(OutputError) -> URL {
    let destination = try output.map(destination)
    if case .file(let url) = destination { return url }
    let folder = if case .folder(let url) = destination { url } else { clip.deletingLastPathComponent() }
    let stem = clip.deletingPathExtension().lastPathComponent + "-replay"
    let urls = sequence(first: 1) { $0 + 1 }.lazy.map { number in
      folder.appendingPathComponent((number == 1 ? stem : "\(stem)-\(number)") + ".\(clip.pathExtension)")
    }
    return urls.first { !FileIdentity.isTaken($0) } ?? clip
  }

  /// Puts another clip in the place of one: with another seed, say, which names hold.
  package mutating func replace(_ index: Int, with clip: ClipTags) {
    clips[index] = clip
    switch place {
    case .folder: urls[index] = freeURL(index, isOwn: clip.made(clip:)) ?? urls[index]
    case .numbered(let file): urls[index] = Self.url(file, number: "\(clip.request.seed)")
    case .fixed: break
    }
  }

  private static func name(_ clip: ClipTags) -> String { "\(ClipName.of(clip.request.prompt))-\(clip.request.seed)" }

  private static func url(_ file: URL, number: String) -> URL {
    let base = file.deletingPathExtension().lastPathComponent
    return file.deletingLastPathComponent().appendingPathComponent("\(base)-\(number).\(file.pathExtension)")
  }

  /// The place of a clip in its folder; nil where it has a file of its own.
  private func freeURL(_ index: Int, isOwn: (URL) -> Bool) -> URL? {
    guard case .folder(let folder, let names) = place else { return nil }
    return Self.freeURL(
      in: folder, name: names?[index] ?? Self.name(clips[index]), tags: clips[index], hasPictures: hasPictures,
      isOwn: isOwn)
  }

  /// The first of name.wav, name-2.wav, … that is free, or holds the very same clip already.
  private static func freeURL(
    in folder: URL, name: String, tags: ClipTags, hasPictures: Bool, isOwn: (URL) -> Bool
  ) -> URL {
    var url = folder.appendingPathComponent("\(name).wav")
    var number = 2
    func isTaken(_ url: URL) -> Bool {
      FileIdentity.isTaken(url) && !isOwn(url)
        || hasPictures && FileIdentity.isTaken(picture(of: url)) && !tags.made(picture: picture(of: url))
    }
    while isTaken(url) {
      url = folder.appendingPathComponent("\(name)-\(number).wav")
      number += 1
    }
    return url
  }

  private static func picture(of clip: URL) -> URL { clip.deletingPathExtension().appendingPathExtension("png") }

  /// Where the picture of a clip goes.
  package func picture(_ index: Int) -> URL { Self.picture(of: urls[index]) }

  /// Fails early where the files could not be written.
  package func check() throws {
    for url in urls {
      if OutputPlace.isFolder(url) == true { throw OutputError.isFolder(path: url.path) }
    }
    for index in urls.indices { try checkRule(index) }
    try OutputPlace.check(
      file: urls[0], extensions: AudioFile.writableExtensions, rule: OutputRule(isForced: true), makingFolders: true)
    try AudioFile.checkFormat(of: urls[0], sampleRate: sampleRate, channelCount: MelConfiguration.standard.channelCount)
  }

  private func checkRule(_ index: Int) throws(OutputError) {
    let clip = clips[index]
    try rule.check(urls[index], isSame: clip.made(clip:))
    if hasPictures { try rule.check(picture(index), isSame: clip.made(picture:)) }
  }

  /// Writes one clip. What has come to stand in its place since `check` stays; so does a clip of the same request that
  /// somebody has changed: in a folder the new one gets another name.
  package mutating func write(_ clip: AudioClip, at index: Int) throws {
    let (tags, format) = (clips[index], urls[index])
    let bytes = try AudioFile.encode(tags.request.resampled(clip, to: sampleRate), for: format, tags: tags.audioTags)
    urls[index] = freeURL(index, isOwn: { AudioFile.holds(bytes, at: $0) }) ?? urls[index]
    try checkRule(index)
    try rule.check(urls[index], against: bytes)
    try OutputPlace.place(bytes, at: urls[index])
  }

  /// Writes the picture of a clip, which says in itself what it shows.
  package func write(_ picture: Picture, at index: Int) throws {
    let bytes = try picture.pngData(comment: clips[index].json)
    try rule.check(self.picture(index), against: bytes)
    try OutputPlace.place(Array(bytes), at: self.picture(index))
  }
}

extension ClipTags {
  /// Whether a file is a clip of this very request; or of its request with a seed that is tried where a clip is too near to one
  /// that was learned from.
  package func made(clip: URL) -> Bool {
    guard let there = try? AudioFile.tags(of: clip) else { return false }
    if there.title == audioTags.title, there.comment == audioTags.comment { return true }
    guard var other = ClipTags(there), isTried(other.request.seed) else { return false }
    (other.request.seed, other.environment) = (request.seed, environment)
    return other == self
  }

  /// Whether a PNG shows a clip of this request, likewise.
  package func made(picture: URL) -> Bool {
    guard let comment = Picture.comment(of: picture) else { return false }
    if comment == json { return true }
    guard var other = ClipTags(AudioTags(comment: comment)), isTried(other.request.seed) else { return false }
    (other.request.seed, other.environment) = (request.seed, environment)
    return other == self
  }

  private func isTried(_ seed: UInt64) -> Bool {
    (1..<UInt64(NoveltyGuard.mostTries)).contains { seed == request.seed &+ $0 &* NoveltyGuard.seedStride }
  }
}
