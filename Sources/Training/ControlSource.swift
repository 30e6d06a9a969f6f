import Audio
import Foundation
import Music
import Spectra
import Storage

/// Where the control tracks of a data set come from: pitch, register, loudness and brightness from the audio itself, so
/// that any folder will do; notes and beats from the labels or the MIDI file beside a clip, where there are some, which
/// know better.
struct ControlSource: Sendable {
  /// Raise when the same clip comes to give another track.
  static let version = 2

  private let framesPerSecond: Double
  private let analysis = ControlAnalysis()

  init(mel: MelConfiguration) { framesPerSecond = mel.framesPerSecond }

  /// What the track depends on besides the audio file.
  func key(of clip: CaptionedClip) -> String {
    let status = midi(of: clip).flatMap { FileStatus($0.path) }
    let file = status.map { "\($0.byteCount) \($0.modifiedNanoseconds)" } ?? ""
    return "\(clip.labels["tempo"] ?? "") \(clip.labels["timeSignature"] ?? "") \(file)"
  }

  /// The track as rows to store: the groups that it has, as a number in a row of its own, then the frames.
  func rows(of clip: CaptionedClip, frameCount: Int) -> [Float16]? {
    guard
      let audio = try? AudioFile.read(
        clip.audio, sampleRate: ControlAnalysis.sampleRate, channelCount: ControlAnalysis.channelCount)
    else { return nil }
    let track = track(of: clip, samples: audio.samples, frameCount: frameCount)
    var header = [Float16](repeating: 0, count: ControlTrack.valueCount)
    header[0] = Float16(track.groups.rawValue)
    return header + track.values.map { Float16($0) }
  }

  private func track(of clip: CaptionedClip, samples: [Float], frameCount: Int) -> ControlTrack {
    // A MIDI file that cannot be read is no reason to lose a clip.
    let midi = midi(of: clip).flatMap { try? MIDIFile.read($0) }
    var track = analysis.analyze(samples, hearsPitch: midi == nil)
      .resampled(framesPerSecond: framesPerSecond, frameCount: frameCount)
    if let midi {
      var notes = ControlTrack(midi: midi, frameCount: frameCount, framesPerSecond: framesPerSecond)
      // The labels of a clip without a pulse name no tempo, though its file has one.
      if clip.labels["midi"] != nil, clip.labels["tempo"] == nil { notes = notes.keeping([.pitch, .register]) }
      track = track.merging(notes)
    } else if let tempo = clip.labels["tempo"].flatMap(Double.init), tempo > 0, tempo.isFinite {
      let signature = clip.labels["timeSignature"].flatMap(TimeSignature.init(name:)) ?? .common
      track = track.merging(
        ControlTrack(
          tempo: tempo, timeSignature: signature, frameCount: frameCount, framesPerSecond: framesPerSecond))
    }
    return track
  }

  /// The file that the labels name, or the one of the clip's name.
  private func midi(of clip: CaptionedClip) -> URL? {
    let folder = clip.audio.deletingLastPathComponent()
    let stem = clip.audio.deletingPathExtension().lastPathComponent
    // A name, not a path: labels come from anywhere.
    let named = clip.labels["midi"].flatMap { $0.contains("/") ? nil : $0 }
    return ([named].compactMap(\.self) + ["\(stem).mid", "\(stem).midi"]).map { folder.appendingPathComponent($0) }
      .first { FileStatus($0.path)?.isFile == true }
  }
}
