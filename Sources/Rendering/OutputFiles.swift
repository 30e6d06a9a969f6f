package import Audio
package import Foundation
import Spectra
package import Synthesis

/// Where the clips of one prompt go.
package struct OutputFiles {
  package private(set) var urls: [URL]
  /// What each clip keeps of how it is made.
  package private(set) var clips: [ClipTags]
  private let sampleRate: Int
  private let place: Place

  /// What a clip's file is called after.
  private enum Place {
    /// A folder, whose files are named after their clips.
    case folder(URL)
    /// A file with a number, the seed, before its extension.
    case numbered(URL)
    /// The clips have their files, whatever their seeds.
    case fixed
  }

  /// Clips that have their places.
  package init(urls: [URL], clips: [ClipTags], sampleRate: Int) {
    self.urls = urls
    self.clips = clips
    self.sampleRate = sampleRate
    place = .fixed
  }

  /// A path with an audio extension is a file (numbered by seed, if there are several clips); any other a folder, in
  /// which files are named after the prompt and the seed, and none replaces another clip.
  /// - Parameter names: of the files in a folder instead; their numbers go with a file's name then.
  package init(_ output: String, clips: [ClipTags], names: [String]? = nil, sampleRate: Int) throws(OutputError) {
    let url = URL(fileURLWithPath: output)
    self.sampleRate = sampleRate
    self.clips = clips
    if output.hasSuffix("/") || url.pathExtension.isEmpty || OutputPlace.isFolder(url) == true {
      place = names == nil ? .folder(url) : .fixed
      urls = zip(names ?? clips.map(Self.name), clips).map { Self.freeURL(in: url, name: $0, tags: $1.audioTags) }
      return
    }
    guard AudioFile.writableExtensions.contains(url.pathExtension.lowercased()) else {
      throw .unknownExtension(path: output, known: AudioFile.writableExtensions.sorted(), mayBeFolder: true)
    }
    place = clips.count > 1 && names == nil ? .numbered(url) : .fixed
    urls = clips.enumerated().map { index, clip in
      clips.count == 1 ? url : Self.url(url, number: names == nil ? "\(clip.request.seed)" : "\(index + 1)")
    }
  }

  /// Puts another clip in the place of one: with another seed, say, which names hold.
  package mutating func replace(_ index: Int, with clip: ClipTags) {
    clips[index] = clip
    switch place {
    case .folder(let folder): urls[index] = Self.freeURL(in: folder, name: Self.name(clip), tags: clip.audioTags)
    case .numbered(let file): urls[index] = Self.url(file, number: "\(clip.request.seed)")
    case .fixed: break
    }
  }

  private static func name(_ clip: ClipTags) -> String { "\(ClipName.of(clip.request.prompt))-\(clip.request.seed)" }

  private static func url(_ file: URL, number: String) -> URL {
    let base = file.deletingPathExtension().lastPathComponent
    return file.deletingLastPathComponent().appendingPathComponent("\(base)-\(number).\(file.pathExtension)")
  }

  /// The first of name.wav, name-2.wav, … that is free, or holds a clip of the very same request already.
  private static func freeURL(in folder: URL, name: String, tags: AudioTags) -> URL {
    var url = folder.appendingPathComponent("\(name).wav")
    var number = 2
    while OutputPlace.isFolder(url) != nil {
      if let there = try? AudioFile.tags(of: url), there.title == tags.title, there.comment == tags.comment { break }
      url = folder.appendingPathComponent("\(name)-\(number).wav")
      number += 1
    }
    return url
  }

  /// Fails early where the files could not be written.
  package func check() throws {
    for url in urls {
      if OutputPlace.isFolder(url) == true { throw OutputError.isFolder(path: url.path) }
    }
    try OutputPlace.check(file: urls[0], extensions: AudioFile.writableExtensions, makingFolders: true)
    try AudioFile.checkFormat(of: urls[0], sampleRate: sampleRate, channelCount: MelConfiguration.standard.channelCount)
  }

  /// Writes one clip.
  package func write(_ clip: AudioClip, at index: Int) throws {
    let url = urls[index]
    let folder = url.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    do {
      try AudioFile.write(clips[index].request.resampled(clip, to: sampleRate), to: url, tags: clips[index].audioTags)
    } catch {
      // Which keeps a folder with anything in it.
      rmdir(folder.path)
      throw error
    }
  }
}
