import Audio
import Foundation
import Music
import Novelty
import Rendering
import Synthesis

/// Loops that are cut out of a clip.
extension JobPlanner {
  /// A marked stretch as a loop, of the clip's own samples: of whole beats where a tempo is known, else of about its length.
  func cutLoop(_ request: JobRequest, _ region: JobRequest.Region) throws -> JobPlan {
    let file = try file(request.source ?? "")
    let tags = try tags(of: file)
    let model = try model(of: request, tags)
    let former = tags?.request.controls
    let length = LoopLength(
      region, tempo: request.bpm ?? tempo(request.source ?? "") ?? tags.flatMap { ClipMusic($0).tempo },
      available: try AudioFile.duration(of: file))
    var draft = RequestDraft(sampleRate: Self.sampleRate)
    (draft.prompts, draft.hearsPrompt) = (model.prompts, false)
    draft.prompt = request.prompt ?? tags?.request.prompt ?? "loop"
    draft.changedRecording = try ControlFile(path: file.path, as: .sound)
    (draft.isLoop, draft.loopStart) = (true, region.start)
    draft.request.lufs = request.lufs
    if model.source.configuration.takesControls {
      draft.controls.tempo = length.tempo
      (draft.controls.key, draft.controls.timeSignature) = (former?.key, former?.timeSignature)
    }
    (draft.count, draft.seed) = (1, request.seed)
    draft.duration = try length.seconds ?? freeSeconds(region, of: file)
    let resolved = try draft.resolve(takesControls: model.source.configuration.takesControls)
    var plan = JobPlan(
      takes: .clips(resolved.requests(seed: request.seed ?? 0)), model: model, watch: .none)
    plan.notices = length.notices
    if request.count ?? 1 > 1 { plan.notices.append("One loop is made: others would be the same.") }
    if let first = resolved.requests(seed: 0).first { plan.notices += try model.synthesizer.remarks(on: first) }
    return plan
  }

  /// The length near a stretch's at which a recording goes round best.
  private func freeSeconds(_ region: JobRequest.Region, of file: URL) throws -> Double {
    let rate = Self.sampleRate
    let sound = try AudioFile.read(file, first: region.end + RecordedLoop.margin, sampleRate: rate, channelCount: 1)
    let start = Int((region.start * Double(rate)).rounded())
    let end = min(Int((region.end * Double(rate)).rounded()), sound.frameCount)
    guard start < end else { throw Problem.invalid("The region begins behind the end of the clip.") }
    let count = RecordedLoop.bestCount(near: end - start, sound.samples, from: start, sampleRate: rate)
    return Double(count) / Double(rate)
  }
}

/// How long a loop is that is cut out of a clip with a tempo.
struct LoopLength: Equatable {
  /// nil where no tempo says it.
  private(set) var seconds: Double?
  private(set) var tempo: Double?
  private(set) var notices: [String] = []

  /// A longer step to the next beat, in seconds, is told.
  private static let worthTelling = 0.02
  /// A recording may end so much earlier: lengths in seconds are rounded.
  private static let tolerance = 0.002

  /// - Parameters:
  ///   - tempo: quarter notes a minute; nil where none is known.
  ///   - available: seconds of the clip.
  init(_ region: JobRequest.Region, tempo: Double?, available: Double) {
    guard let tempo, tempo > 0 else { return }
    let marked = region.end - region.start
    let beat = 60 / tempo
    let left = available + Self.tolerance - region.start
    // What is shorter than a beat has whole sixteenths of a bar of four.
    let unit = marked > 0.75 * beat ? beat : beat / 4
    var units = max(1, (marked / unit).rounded())
    while units > 1, units * unit > left { units -= 1 }
    let wanted = units * unit
    guard wanted <= left, wanted >= GenerationRequest.minimumDuration else { return }
    (seconds, self.tempo) = (wanted, tempo)
    let count = unit == beat ? Int(units) : 0
    let words = count > 0 ? "\(count) \(count == 1 ? "beat" : "beats")" : "\(Int(units))/4 of a beat"
    if abs(wanted - marked) > Self.worthTelling {
      notices.append(
        String(
          format: "The loop has %@ at %g bpm, %.3f s; the stretch was %.3f s.", words, tempo, wanted, marked))
    }
  }
}
