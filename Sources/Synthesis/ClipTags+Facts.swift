public import Audio
public import Foundation
import Music

extension ClipTags {
  /// The bytes of a file of this name with the clip, brought to the file's rate, and all that the file says of it.
  /// - Throws: `AudioFileError` when the container cannot hold it.
  public func encoded(_ clip: AudioClip, for url: URL) throws(AudioFileError) -> [UInt8] {
    let clip = request.resampled(clip, to: sampleRate)
    guard !file.isPlain else { return try AudioFile.encode(clip, for: url) }
    return try AudioFile.encode(clip, for: url, tags: audioTags, facts: facts(of: clip))
  }

  /// What a file says of the clip to other programs; nil for one of the first revision, or for a plain one.
  public func facts(of clip: AudioClip) -> SoundFacts? {
    guard file.revision != nil, !file.isPlain else { return nil }
    let music = ClipMusic(self)
    var facts = SoundFacts()
    facts.note = music.note.flatMap { (0...127).contains($0) ? note($0, of: clip) : nil }
    facts.pitchClass = facts.note == nil ? music.pitch?.value : nil
    facts.isLoop = request.edit?.isLoop == true
    facts.tempo = music.tempo
    facts.beats = music.beats(frameCount: clip.frameCount, sampleRate: clip.sampleRate)
    facts.meter = music.timeSignature.map { SoundFacts.Meter($0.numerator, $0.denominator) }
    facts.key = music.key.map { SoundFacts.Key(tonic: $0.tonic.value, symbol: $0.symbol) }
    facts.cues = cues(music, frameCount: clip.frameCount, sampleRate: clip.sampleRate)
    facts.origin = SoundFacts.Origin(description: title, program: "Hiss \(hiss)", means: "model \(model)")
    facts.source = source
    return facts
  }

  /// A key, and how far the clip is above it; of files of earlier revisions nobody measured.
  private func note(_ key: Int, of clip: AudioClip) -> SoundFacts.Note {
    guard let revision = file.revision, revision >= 3 else { return SoundFacts.Note(key: key) }
    let pitch = NotePitch(from: revision == 3 ? .loudest : .risen)
    let cents = pitch.cents(of: clip.samples, sampleRate: clip.sampleRate, key: key) ?? 0
    return SoundFacts.Note(key: key, cents: (cents * 10).rounded() / 10)
  }

  /// What a mark in the file says of how the sound came to be.
  private var source: DigitalSource {
    let sources = [request.edit?.source, morph?.to.edit?.source].compactMap(\.self)
    return sources.isEmpty ? .trainedAlgorithmicMedia : .compositeWithTrainedAlgorithmicMedia
  }

  /// Where beats or bars begin, as far as they are asked for and a tempo is known: "1.1", "1.2" or "1", "2".
  private func cues(_ music: ClipMusic, frameCount: Int, sampleRate: Int) -> [SoundFacts.Cue] {
    guard let wanted = file.cues, let tempo = music.tempo else { return [] }
    let signature = music.timeSignature ?? .common
    let beat = 60 / tempo * 4 / Double(signature.denominator)
    // The bar that is sounding where the clip begins is the first one, were it cut off.
    let bar = beat * Double(signature.numerator)
    let start = music.firstBeat - (music.firstBeat / bar).rounded(.up) * bar
    var cues: [SoundFacts.Cue] = []
    for index in 0... {
      let (number, place) = index.quotientAndRemainder(dividingBy: signature.numerator)
      let frame = Int(((start + Double(index) * beat) * Double(sampleRate)).rounded())
      if frame >= frameCount || cues.count >= Self.mostCues { break }
      guard frame >= 0, wanted == .beats || place == 0 else { continue }
      cues.append(.init(frame: frame, label: wanted == .bars ? "\(number + 1)" : "\(number + 1).\(place + 1)"))
    }
    return cues
  }

  /// More than a clip of two minutes has, but for metres of tiny beats; libsndfile reads no more than 2500.
  private static let mostCues = 2000
}

extension GenerationRequest {
  /// The request's clip at a file's sample rate: a loop goes round there too.
  package func resampled(_ clip: AudioClip, to sampleRate: Int) -> AudioClip {
    Resampler.resample(clip, to: sampleRate, isCircular: revision != nil && edit?.isLoop == true)
  }
}

extension Key {
  /// As DJ programs write it; nil of modes.
  fileprivate var symbol: String? { mode == .major || mode == .minor ? shortName : nil }
}
