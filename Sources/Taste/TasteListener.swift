public import Audio
public import Foundation
import Music
import Novelty
public import Parallelism
public import Spectra
import Storage
public import Synthesis

/// Hears clips as a taste knows them. Any thread may use it.
public struct TasteListener: Sendable {
  private let spectrogram: MelSpectrogram
  private var mel: MelConfiguration { spectrogram.configuration }

  public init(mel: MelConfiguration = .standard) { spectrogram = MelSpectrogram(mel) }

  /// A file: a clip of Hiss's, whose tags say its prompt, tempo and key, or any other sound, whose name stands for a prompt.
  /// - Throws: `AudioFileError` where it cannot be read.
  public func clip(_ url: URL) throws(AudioFileError) -> TasteClip {
    let sound = try AudioFile.read(url, sampleRate: mel.sampleRate, channelCount: mel.channelCount)
    let tags = ClipTags(try AudioFile.tags(of: url))
    let name = url.deletingPathExtension().lastPathComponent.map { $0.isLetter ? $0 : " " }
    let id = sound.samples.withUnsafeBytes { StableHash.hexadecimal(StableHash.of($0)) }
    return clip(
      spectrogram.analyze(sound.samples), id: id, name: url.lastPathComponent,
      prompt: tags?.request.prompt ?? String(name), music: tags.map { ClipMusic($0) })
  }

  /// Files, some at once.
  /// - Throws: `AudioFileError` of the first that cannot be read.
  public func clips(
    _ urls: [URL], threads: Int = Parallel.coreCount, done: @escaping @Sendable () -> Void = {}
  ) throws(AudioFileError) -> [TasteClip] {
    let heard = Parallel.map(urls.count, threads: threads) { place in
      defer { done() }
      return Result { () throws(AudioFileError) in try clip(urls[place]) }
    }
    var clips: [TasteClip] = []
    for result in heard { clips.append(try result.get()) }
    return clips
  }

  /// The frames of a clip that is not a file, or not one yet.
  public func clip(_ frames: MelFrames, of request: GenerationRequest) -> TasteClip {
    clip(frames, id: "", name: "", prompt: request.prompt, music: ClipMusic(request))
  }

  /// The frames of a sound of which somebody says in words what it is.
  public func clip(_ frames: MelFrames, captioned caption: String) -> TasteClip {
    let heard = PromptMusic(caption)
    let qualities = ClipQualities(
      frames, mel: mel, bpm: heard.tempo, isMinor: heard.key.map { $0.mode.hasMinorThird })
    return TasteClip(
      id: "", name: "", prompt: caption, qualities: qualities, fingerprint: SoundFingerprint(frames, mel: mel))
  }

  private func clip(_ frames: MelFrames, id: String, name: String, prompt: String, music: ClipMusic?) -> TasteClip {
    let qualities = ClipQualities(
      frames, mel: mel, bpm: music?.tempo, isMinor: music?.key.map { $0.mode.hasMinorThird })
    return TasteClip(
      id: id, name: name, prompt: prompt, qualities: qualities, fingerprint: SoundFingerprint(frames, mel: mel))
  }
}
