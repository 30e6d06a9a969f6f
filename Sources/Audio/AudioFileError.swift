/// What can be wrong with a sound file or with the place where one is to be written.
public enum AudioFileError: Error, Equatable, Sendable {
  /// There is no such file.
  case missing(path: String)
  /// A directory, device or pipe, where a file should be.
  case notAFile(path: String)
  /// Not a sound file, damaged, or not permitted; `reason` is the system's or libsndfile's.
  case unreadable(path: String, reason: String)
  /// A sound file of no frames, or a file of no bytes.
  case empty(path: String)
  /// A NaN or infinite sample; `frame` and `channel` count from 0.
  case notFinite(path: String, frame: Int, channel: Int)
  /// The file ends before the audio that its header announces.
  case truncated(path: String, frames: Int, expectedFrames: Int)
  /// A sound that does not say how it was made, where a clip by Hiss is wanted.
  case notMadeByHiss(path: String)
  /// No writer for this extension, or the container cannot hold this audio.
  case unsupportedFormat(path: String, reason: String)
  /// The file could not be put in place: no such directory, no permission, a full disk.
  case cannotWrite(path: String, reason: String)
}

extension AudioFileError: CustomStringConvertible {
  /// One line that says what is wrong and with which file.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such file"
    case .notAFile(let path):
      "\(path): not a file but a directory or a device"
    case .unreadable(let path, let reason):
      "\(path): not readable as audio: \(reason)"
    case .empty(let path):
      "\(path): holds no audio"
    case .notFinite(let path, let frame, let channel):
      "\(path): sample at frame \(frame), channel \(channel) is not a finite number"
    case .truncated(let path, let frames, let expectedFrames):
      "\(path): cut short after \(frames) of \(expectedFrames) frames"
    case .notMadeByHiss(let path):
      "\(path): it is a sound, but not made by Hiss: it does not say how it was made"
    case .unsupportedFormat(let path, let reason):
      "\(path): cannot be written in this format: \(reason)"
    case .cannotWrite(let path, let reason):
      "\(path): cannot be written: \(reason)"
    }
  }
}
