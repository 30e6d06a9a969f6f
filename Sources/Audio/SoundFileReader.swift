import CSndfile
import Foundation

/// An open sound file: owns libsndfile's handle.
struct SoundFileReader: ~Copyable {
  private let handle: OpaquePointer
  private let info: SF_INFO
  private let url: URL

  /// libsndfile keeps the reason for a failed `sf_open` in a global variable.
  private static let openLock = NSLock()

  init(_ url: URL) throws(AudioFileError) {
    try Self.checkIsFile(url)
    var info = SF_INFO()
    let (handle, reason) = Self.openLock.withLock {
      let handle = LibraryMessages.silenced { sf_open(url.path, Int32(SFM_READ), &info) }
      return (handle, handle == nil ? String(cString: sf_strerror(nil)) : "")
    }
    guard let handle else { throw .unreadable(path: url.path, reason: Self.plain(reason)) }
    if let reason = Self.objection(to: info) {
      sf_close(handle)
      throw .unreadable(path: url.path, reason: reason)
    }
    self.handle = handle
    self.info = info
    self.url = url
  }

  deinit {
    sf_close(handle)
  }

  /// Everything from the start to the end of the audio, or to `limit` frames, behind which nothing is looked at.
  func read(upTo limit: Int = .max) throws(AudioFileError) -> AudioClip {
    let channelCount = Int(info.channels)
    let blockFrames = max(1, 65536 / channelCount)
    var block = [Float](repeating: 0, count: blockFrames * channelCount)
    var channels = [[Float]](repeating: [], count: channelCount)
    while channels[0].count < limit {
      let frames = readBlock(&block, min(blockFrames, limit - channels[0].count))
      if frames <= 0 { break }
      try checkFinite(block, frames: frames, after: channels[0].count)
      Self.deinterleave(block, frames: frames, into: &channels)
    }
    if channels[0].count < limit { try checkComplete(frames: channels[0].count) }
    return AudioClip(channels: channels, sampleRate: Int(info.samplerate))
  }

  private func readBlock(_ block: inout [Float], _ frames: Int) -> Int {
    guard isMPEG else { return Int(sf_readf_float(handle, &block, sf_count_t(frames))) }
    return LibraryMessages.silenced { Int(sf_readf_float(handle, &block, sf_count_t(frames))) }
  }

  private var isMPEG: Bool { info.format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_MPEG) }

  /// libsndfile's words for why it cannot open a file that is there; of an MP3 it knows no more than that mpg123 does not want it.
  private static func plain(_ reason: String) -> String {
    let words = reason.trimmingCharacters(in: CharacterSet(charactersIn: ". \n"))
    // What it makes of a rate, or of a number of channels, that is 0.
    if words.hasPrefix("Internal error : SF_INFO") { return "its header claims no sample rate, or no channels" }
    return words.hasPrefix("File does not exist") || words.hasPrefix("Unspecified internal error")
      ? "it is no sound, or a damaged one" : words
  }

  /// Frames a second.
  var sampleRate: Int { Int(info.samplerate) }

  /// The frames that there are: as the header says, where that can be relied upon, else counted.
  func frameCount() throws(AudioFileError) -> Int {
    if claimsLength {
      try checkComplete(frames: Int(info.frames))
      return Int(info.frames)
    }
    let blockFrames = max(1, 65536 / Int(info.channels))
    var block = [Float](repeating: 0, count: blockFrames * Int(info.channels))
    var count = 0
    while true {
      let frames = readBlock(&block, blockFrames)
      if frames <= 0 { break }
      count += frames
    }
    try checkComplete(frames: count)
    return count
  }

  /// Whether the header's length is the audio's: an MP3's is an estimate, and a stream of unknown length has the greatest
  /// number.
  private var claimsLength: Bool {
    !isMPEG && info.frames < sf_count_t.max
  }

  var tags: AudioTags {
    let chunks = ChunkFile(url)
    return AudioTags(
      title: tag(SF_STR_TITLE) ?? chunks?.text("INAM"), artist: tag(SF_STR_ARTIST) ?? chunks?.text("IART"),
      comment: tag(SF_STR_COMMENT) ?? chunks?.text("ICMT"),
      software: (tag(SF_STR_SOFTWARE) ?? chunks?.text("ISFT")).map(Self.withoutLibraryName))
  }

  private func tag(_ kind: Int) -> String? {
    sf_get_string(handle, Int32(kind)).map { AudioTags.decode(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
  }

  /// libsndfile puts its own name and version behind the program's: "Hiss 1.0 (libsndfile-1.2.0)".
  private static func withoutLibraryName(_ software: String) -> String {
    guard let suffix = software.range(of: " (libsndfile-", options: .backwards), software.hasSuffix(")") else {
      return software
    }
    return String(software[..<suffix.lowerBound])
  }

  private static func checkIsFile(_ url: URL) throws(AudioFileError) {
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: url.path) }
      throw .unreadable(path: url.path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: url.path) }
    guard status.st_size > 0 else { throw .empty(path: url.path) }
  }

  /// Why a file that libsndfile accepts is not taken for sound, if so.
  private static func objection(to info: SF_INFO) -> String? {
    guard info.samplerate > 0, info.channels > 0 else {
      return "its header claims \(info.channels) channels at \(info.samplerate) Hz"
    }
    // Without a header libsndfile falls back on the extension and plays anything as noise.
    let isRaw = info.format & Int32(SF_FORMAT_TYPEMASK) == Int32(SF_FORMAT_RAW)
    return isRaw ? "no header says what it holds" : nil
  }

  private func checkFinite(_ block: [Float], frames: Int, after start: Int) throws(AudioFileError) {
    let channelCount = Int(info.channels)
    let bad = block.withUnsafeBufferPointer { block -> Int? in
      // Zero times anything finite is zero: a sum that vectorises, and a search only when it fails.
      var sum: Float = 0
      for index in 0..<frames * channelCount { sum += block[index] * 0 }
      return sum == 0 ? nil : block.firstIndex { !$0.isFinite }
    }
    guard let bad else { return }
    throw .notFinite(path: url.path, frame: start + bad / channelCount, channel: bad % channelCount)
  }

  private static func deinterleave(_ block: [Float], frames: Int, into channels: inout [[Float]]) {
    let channelCount = channels.count
    for channel in channels.indices {
      channels[channel].append(contentsOf: (0..<frames).lazy.map { block[$0 * channelCount + channel] })
    }
  }

  private func checkComplete(frames: Int) throws(AudioFileError) {
    let status = sf_error(handle)
    var expected = Int(info.frames)
    // Of nothing at all no length can be told: such a file is empty.
    if let share = ChunkFile(url)?.shareOfAudioPresent, share > 0, share < 1 {
      expected = max(expected, Int((Double(frames) / share).rounded()))
    }
    if claimsLength && frames < expected {
      throw .truncated(path: url.path, frames: frames, expectedFrames: expected)
    }
    guard status == SF_ERR_NO_ERROR else {
      let seconds = String(format: "%.2f", Double(frames) / Double(info.samplerate))
      let reason = isMPEG ? "" : " (\(Self.plain(String(cString: sf_error_number(status)))))"
      throw .unreadable(path: url.path, reason: "it is damaged \(seconds) s after its beginning\(reason)")
    }
    guard frames > 0 else { throw .empty(path: url.path) }
  }
}
