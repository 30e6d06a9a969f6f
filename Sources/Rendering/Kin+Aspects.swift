import Audio
import Foundation
import Music
package import Synthesis

/// Relatives that differ from a sound in some respects alone.
extension Kin {
  /// The requests of relatives that differ in these, and are like the sound in all else.
  /// - Parameters:
  ///   - aspects: at least one.
  ///   - amount: by how much, 0 … 1.
  ///   - seed: the first relative's.
  /// - Throws: `RequestProblem`, `ControlError`, `AudioFileError`.
  package func relatives(
    varying aspects: Set<VariationRequest.Aspect>, amount: Double, count: Int, seed: UInt64, for model: ModelSource
  ) throws -> [GenerationRequest] {
    let request = try tags == nil ? ofRecording(aspects, for: model) : ofClip(aspects)
    // Of another noise are those that sound otherwise, and all that are made of a recording.
    let hasOwnNoise = aspects.contains(.timbre) || tags == nil
    let others =
      hasOwnNoise && tags != nil
      ? request.relatives(count: count, distance: amount, seed: seed) : Array(repeating: request, count: count)
    return zip(0..<UInt64(count), others).map { index, other in
      var relative = other
      if hasOwnNoise { relative.seed = seed &+ index }
      relative.variation = VariationRequest(aspects, amount: amount, seed: seed &+ index)
      return relative
    }
  }

  /// A clip of Hiss's as it was asked for; where the network makes it anew, with what it has in common with itself.
  private func ofClip(_ aspects: Set<VariationRequest.Aspect>) throws -> GenerationRequest {
    guard var request = tags?.request.withFilesFromHere else { preconditionFailure("no clip of Hiss's") }
    guard aspects.contains(.timbre) || aspects.contains(.notes) else { return request }
    var controls = request.controls ?? ControlRequest()
    (controls.chords, controls.midi) = (nil, nil)
    if aspects.contains(.notes) { controls.note = nil }
    try follow(aspects, &controls)
    request.controls = controls
    return request
  }

  /// What a recording is made into: itself, or something that follows it.
  private func ofRecording(
    _ aspects: Set<VariationRequest.Aspect>, for model: ModelSource
  ) throws -> GenerationRequest {
    var draft = RequestDraft(sampleRate: sampleRate)
    draft.prompt = prompt
    draft.vocabulary = try? model.vocabulary()
    let file = try ControlFile(path: file.path, as: .sound)
    if aspects.contains(.timbre) || aspects.contains(.notes) {
      try follow(aspects, &draft.controls)
      draft.duration = try AudioFile.duration(of: self.file)
    }
    if !aspects.contains(.timbre) {
      draft.changedRecording = file
      // Notes are made anew on what there is; else it comes as it is, through the vocoder where its frames are moved.
      draft.strength = aspects.contains(.notes) ? Self.strengthOfNotes : aspects.contains(.rhythm) ? 0.5 : 0
      if !aspects.contains(.notes), aspects.contains(.rhythm) { draft.share = 0 }
    }
    return try draft.resolve(takesControls: model.configuration.takesControls).request
  }

  private static let strengthOfNotes = 0.7

  /// Follows the sound in what is not varied.
  private func follow(_ aspects: Set<VariationRequest.Aspect>, _ controls: inout ControlRequest) throws {
    controls.follow = try ControlFile(path: file.path, as: .sound)
    controls.followed = [.pitch, .register, .loudness, .brightness]
    if aspects.contains(.timbre) { controls.followed.remove(.brightness) }
  }
}
