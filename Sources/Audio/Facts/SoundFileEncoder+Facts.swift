import Foundation

extension SoundFileEncoder {
  /// The file with what it says of its sound, which libsndfile either does not write, or writes with its own version in it.
  /// The bytes of the audio stay.
  /// - Returns: nil where libsndfile's file is not understood.
  func adding(_ facts: SoundFacts, to file: [UInt8]) -> [UInt8]? {
    switch AudioContainer(pathExtension: url.pathExtension) {
    case .wav:
      let sides = Chunk.wave(facts, frameCount: clip.frameCount, sampleRate: clip.sampleRate, history: codingHistory)
      return Chunk.insert(sides, into: file, bigEndian: false)
    case .aiff: return Chunk.insert(Chunk.aiff(facts, frameCount: clip.frameCount), into: file, bigEndian: true)
    case .flac:
      var flac = FLACFile(file)
      flac?.comments?.add(facts, frameCount: clip.frameCount)
      return flac?.encoded
    case .ogg:
      var ogg = OggFile(file)
      ogg?.comments?.add(facts, frameCount: clip.frameCount)
      return ogg?.encoded
    case .mp3:
      if var tag = ID3Tag(file) {
        tag.add(facts)
        return tag.encoded
      }
      var tag = ID3Tag(before: file)
      if let tags { tag.add(tags) }
      tag.add(facts)
      return tag.encoded
    case nil: return nil
    }
  }

  /// As EBU R 98 has it.
  private var codingHistory: String {
    let bits =
      switch sampleFormat {
      case .pcm16: 16
      case .pcm24: 24
      case .float32: 32
      }
    let mode = clip.channelCount == 1 ? "mono" : clip.channelCount == 2 ? "stereo" : "multitrack"
    return "A=PCM,F=\(clip.sampleRate),W=\(bits),M=\(mode)"
  }
}
