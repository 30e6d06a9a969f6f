public import Foundation

extension GenerationRequest {
  /// The files that the clip depends on: a MIDI file, a recording to follow, one to change or to go on from.
  public var sourceFiles: [URL] { [controls?.midi, controls?.follow, edit?.source].compactMap { $0?.url } }
}
