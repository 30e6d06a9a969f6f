import ArgumentParser
import Audio
import Foundation
import Pictures
import Spectra
import Synthesis

/// Where the clips of one prompt go.
struct OutputFiles {
  let urls: [URL]

  /// A path with an audio extension is a file (numbered by seed, if there are several clips); any other a folder, in
  /// which files are named after the prompt and the seed.
  init(_ output: String, prompt: String, seeds: [UInt64]) {
    let url = URL(fileURLWithPath: output)
    if AudioFile.writableExtensions.contains(url.pathExtension.lowercased()) {
      let (folder, base) = (url.deletingLastPathComponent(), url.deletingPathExtension().lastPathComponent)
      urls = seeds.map { seed in
        seeds.count == 1 ? url : folder.appendingPathComponent("\(base)-\(seed).\(url.pathExtension)")
      }
    } else {
      urls = seeds.map { url.appendingPathComponent("\(Self.slug(prompt))-\($0).wav") }
    }
  }

  /// Fails early where a folder cannot be made.
  func check() throws {
    let folder = urls[0].deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw AudioFileError.cannotWrite(path: folder.path, reason: "the folder cannot be made")
    }
  }

  func write(_ clips: [AudioClip], tags: [ClipTags], picture model: ModelBundle?) throws {
    for ((clip, tags), url) in zip(zip(clips, tags), urls) {
      try AudioFile.write(Resampler.resample(clip, to: tags.sampleRate), to: url, tags: tags.audioTags)
      if let model {
        let mel = MelSpectrogram(model.configuration.mel)
        try draw(mel.analyze(clip.samples), mel, title: tags.audioTags.title)
          .writePNG(to: url.deletingPathExtension().appendingPathExtension("png"))
      }
    }
  }

  /// The prompt's first words, as a file name.
  private static func slug(_ prompt: String) -> String {
    let words = prompt.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let slug = words.joined(separator: "-").prefix(48)
    return slug.isEmpty ? "clip" : String(slug)
  }
}

/// The picture of mel frames, with axes.
func draw(_ frames: MelFrames, _ mel: MelSpectrogram, title: String?) -> Picture {
  SpectrogramPicture.draw(
    values: frames.values, frameCount: frames.frameCount, bandCount: frames.bandCount,
    secondsPerFrame: 1 / mel.configuration.framesPerSecond, bandHertz: mel.bandCenterHertz, title: title)
}
