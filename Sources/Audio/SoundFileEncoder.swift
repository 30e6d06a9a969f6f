import CSndfile
import Foundation

/// Turns a clip into the bytes of a file.
struct SoundFileEncoder {
  let clip: AudioClip
  /// Names the container, and the file in errors.
  let url: URL
  let sampleFormat: SampleFormat
  let tags: AudioTags?
  /// What it says besides; nil for nothing.
  var facts: SoundFacts?

  /// libsndfile's scale for lossy encoders, 0…1: about 190 kbit/s for a stereo Vorbis stream.
  private static let lossyQuality = 0.6
  /// libsndfile writes longer texts, but cannot open the file again.
  private static let longestTagOfAIFF = 8000
  /// libvorbis takes each block onto the stack, so blocks must stay small.
  private static let blockFrames = 4096

  func encode() throws(AudioFileError) -> [UInt8] {
    var info = try fileInfo()
    try checkSamples()
    let file = MemoryFile()
    try withExtendedLifetime(file) { () throws(AudioFileError) in try encode(into: file, info: &info) }
    guard let facts else { return file.bytes }
    guard let bytes = adding(facts, to: file.bytes) else {
      throw .cannotWrite(path: url.path, reason: "its header is not as libsndfile is known to write it")
    }
    return bytes
  }

  private func encode(into file: MemoryFile, info: inout SF_INFO) throws(AudioFileError) {
    var callbacks = MemoryFile.virtualIO
    guard let handle = sf_open_virtual(&callbacks, Int32(SFM_WRITE), &info, file.userData) else {
      throw .unsupportedFormat(path: url.path, reason: String(cString: sf_strerror(nil)))
    }
    setOptions(handle)
    let tagged = setTags(handle)
    let written = tagged && writeSamples(handle)
    let reason = written ? "" : String(cString: sf_strerror(handle))
    let status = sf_close(handle)
    guard written, status == SF_ERR_NO_ERROR else {
      throw .cannotWrite(path: url.path, reason: written ? String(cString: sf_error_number(status)) : reason)
    }
  }

  private func fileInfo() throws(AudioFileError) -> SF_INFO {
    guard let container = AudioContainer(pathExtension: url.pathExtension) else {
      let known = AudioFile.writableExtensions.sorted().joined(separator: ", ")
      throw .unsupportedFormat(path: url.path, reason: "the extension must be one of \(known)")
    }
    guard clip.frameCount > 0 else { throw .cannotWrite(path: url.path, reason: "the clip holds no audio") }
    var info = SF_INFO()
    info.samplerate = Int32(clamping: clip.sampleRate)
    info.channels = Int32(clamping: clip.channelCount)
    info.format = container.format(sampleFormat)
    if container == .aiff, let length = tags?.longestByteCount, length > Self.longestTagOfAIFF {
      let reason = "a tag has \(length) bytes, and aiff holds \(Self.longestTagOfAIFF)"
      throw .unsupportedFormat(path: url.path, reason: reason)
    }
    guard sf_format_check(&info) != 0 else {
      let audio = "\(clip.channelCount) channels of \(sampleFormat.rawValue) at \(clip.sampleRate) Hz"
      throw .unsupportedFormat(path: url.path, reason: "\(container) does not hold \(audio)")
    }
    return info
  }

  private func checkSamples() throws(AudioFileError) {
    for (channel, samples) in clip.channels.enumerated() {
      if let frame = samples.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(path: url.path, frame: frame, channel: channel)
      }
    }
  }

  private func setOptions(_ handle: OpaquePointer) {
    // The PEAK chunk of float files holds the time of writing.
    sf_command(handle, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
    var quality = Self.lossyQuality
    sf_command(handle, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality, Int32(MemoryLayout<Double>.size))
  }

  private func setTags(_ handle: OpaquePointer) -> Bool {
    let texts = [
      (SF_STR_TITLE, tags?.title), (SF_STR_ARTIST, tags?.artist), (SF_STR_COMMENT, tags?.comment),
      (SF_STR_SOFTWARE, tags?.software),
    ]
    return texts.allSatisfy { kind, text in
      guard let text, !text.isEmpty else { return true }
      return encoded(text).withUnsafeBufferPointer { bytes in
        sf_set_string(handle, Int32(kind), bytes.baseAddress) == SF_ERR_NO_ERROR
      }
    }
  }

  /// The text as a C string: UTF-8, but Latin-1 for MP3, whose encoder takes nothing else.
  private func encoded(_ text: String) -> [CChar] {
    guard AudioContainer(pathExtension: url.pathExtension) == .mp3,
      let latin = text.data(using: .isoLatin1, allowLossyConversion: true)
    else { return Array(text.utf8CString) }
    return latin.map { CChar(bitPattern: $0) } + [0]
  }

  private func writeSamples(_ handle: OpaquePointer) -> Bool {
    guard let bits = integerBits else {
      return writeBlocks(zero: Float(0)) {
        $0
      } _: {
        sf_writef_float(handle, $0, $1)
      }
    }
    let scale = Float(1 << (bits - 1))
    let shift = Int32(32 - bits)
    return writeBlocks(zero: Int32(0)) { sample in
      Int32(min(max((sample * scale).rounded(.toNearestOrEven), -scale), scale - 1)) << shift
    } _: {
      sf_writef_int(handle, $0, $1)
    }
  }

  /// How many bits the integers of the file have; `nil` where the encoder takes floats.
  ///
  /// libsndfile takes floats for integer files too, but truncates them while it clips: half a step of constant error.
  private var integerBits: Int? {
    guard AudioContainer(pathExtension: url.pathExtension)?.isLossless == true else { return nil }
    return switch sampleFormat {
    case .pcm16: 16
    case .pcm24: 24
    case .float32: nil
    }
  }

  /// Interleaves the clip block by block; false as soon as a block is not taken whole.
  private func writeBlocks<Sample>(
    zero: Sample, convert: (Float) -> Sample, _ write: (UnsafePointer<Sample>, sf_count_t) -> sf_count_t
  ) -> Bool {
    let channelCount = clip.channelCount
    var block = [Sample](repeating: zero, count: Self.blockFrames * channelCount)
    for start in stride(from: 0, to: clip.frameCount, by: Self.blockFrames) {
      let frames = min(Self.blockFrames, clip.frameCount - start)
      for (channel, samples) in clip.channels.enumerated() {
        for frame in 0..<frames { block[frame * channelCount + channel] = convert(samples[start + frame]) }
      }
      guard write(block, sf_count_t(frames)) == sf_count_t(frames) else { return false }
    }
    return true
  }
}
