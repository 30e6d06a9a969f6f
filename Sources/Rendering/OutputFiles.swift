package import Audio
package import Foundation
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
  private var names: ClipNames
  /// What may be replaced besides clips of the same requests.
  private let rule: OutputRule
  /// Whether each clip has a picture beside it.
  private let hasPictures: Bool

  /// What a clip's file is called after.
  private enum Place {
    /// A folder, and the extension of its files, which are named after their clips, or have names of their own.
    case folder(URL, extension: String)
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
    (place, names) = (.fixed, ClipNames(.given([])))
  }

  /// A path with an audio extension is a file (numbered by seed, if there are several clips); any other a folder, in
  /// which files are named after their clips, and none replaces another clip.
  /// - Parameters:
  ///   - template: how files in a folder are named; nil for as usual. One that is named itself has no use for it.
  ///   - usual: the template where none is given.
  ///   - names: of the files in a folder where no template is given; their numbers go with a file's name then.
  ///   - rule: what may be replaced where a file is named.
  /// - Throws: `OutputError` for a path that clips cannot have, or a template for a file's path.
  package init(
    _ output: String, clips: [ClipTags], template: NameTemplate? = nil, named usual: NameTemplate? = nil,
    names: [String]? = nil, sampleRate: Int,
    rule: OutputRule = OutputRule(), hasPictures: Bool = false
  ) throws(OutputError) {
    (self.clips, self.sampleRate, self.rule, self.hasPictures) = (clips, sampleRate, rule, hasPictures)
    let usual = names.map { ClipNames.Pattern.given($0) } ?? .template(usual ?? .standard)
    var chosen = ClipNames(template.map { .template($0) } ?? usual)
    switch try Self.destination(output) {
    case .folder(let folder):
      let (name, memory) = (template?.fileExtension ?? "wav", TagMemory())
      place = .folder(folder, extension: name)
      urls = clips.enumerated().map { index, clip in
        Self.freeURL(in: folder, name, &chosen, index, clip, hasPictures: hasPictures) {
          memory.tags(of: $0).map(clip.made) ?? false
        }
      }
    case .file(let url):
      guard template == nil else { throw .namesFile(path: output) }
      place = clips.count > 1 && names == nil ? .numbered(url) : .fixed
      urls = clips.enumerated().map { index, clip in
        clips.count == 1 ? url : Self.url(url, number: names == nil ? "\(clip.request.seed)" : "\(index + 1)")
      }
    }
    self.names = chosen
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

  /// Puts another clip in the place of one: with another seed, say, which some names hold. It keeps its number.
  package mutating func replace(_ index: Int, with clip: ClipTags) {
    clips[index] = clip
    switch place {
    case .folder: urls[index] = freeURL(index, isOwn: clip.made(clip:)) ?? urls[index]
    case .numbered(let file): urls[index] = Self.url(file, number: "\(clip.request.seed)")
    case .fixed: break
    }
  }

  private static func url(_ file: URL, number: String) -> URL {
    let base = file.deletingPathExtension().lastPathComponent
    return file.deletingLastPathComponent().appendingPathComponent("\(base)-\(number).\(file.pathExtension)")
  }

  /// The place of a clip in its folder, at its number or behind it; nil where it has a file of its own.
  private mutating func freeURL(_ index: Int, isOwn: (URL) -> Bool) -> URL? {
    guard case .folder(let folder, let name) = place else { return nil }
    return Self.freeURL(in: folder, name, &names, index, clips[index], hasPictures: hasPictures, isOwn: isOwn)
  }

  /// The first place that is free, or holds the very same clip already. What plain files hold is known only when it is made:
  /// then it is looked for from the first number on.
  private static func freeURL(
    in folder: URL, _ fileExtension: String, _ names: inout ClipNames, _ index: Int, _ tags: ClipTags,
    hasPictures: Bool, isOwn: (URL) -> Bool
  ) -> URL {
    func url(_ name: String) -> URL { folder.appendingPathComponent("\(name).\(fileExtension)") }
    func isTaken(_ url: URL) -> Bool {
      FileIdentity.isTaken(url) && !isOwn(url)
        || hasPictures && FileIdentity.isTaken(picture(of: url)) && !tags.made(picture: picture(of: url))
    }
    return url(names.choose(index, tags.request, keepsNumber: !tags.file.isPlain) { !isTaken(url($0)) })
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
    try AudioFile.checkFormat(of: urls[0], sampleRate: sampleRate, channelCount: FrameParts.stereo.channelCount)
  }

  private func checkRule(_ index: Int, holds: (URL) -> Bool = { _ in false }) throws(OutputError) {
    let clip = clips[index]
    try rule.check(urls[index]) { clip.made(clip: $0) || holds($0) }
    if hasPictures { try rule.check(picture(index), isSame: clip.made(picture:)) }
  }

  /// Writes one clip. What has come to stand in its place since `check` stays; so does a clip of the same request that
  /// somebody has changed: in a folder the new one gets another name.
  package mutating func write(_ clip: AudioClip, at index: Int) throws {
    let (tags, format) = (clips[index], urls[index])
    let bytes = try tags.encoded(clip, for: format)
    urls[index] = freeURL(index, isOwn: { AudioFile.holds(bytes, at: $0) }) ?? urls[index]
    try checkRule(index) { AudioFile.holds(bytes, at: $0) }
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
