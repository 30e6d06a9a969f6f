import Audio
import Foundation
import Music
import Parallelism
import Spectra
public import Synthesis
public import Text

/// Makes the notes of an instrument: all from the same noise, so that they are of one timbre, each at its pitch and
/// level, beginning with its attack.
public struct NoteMaker: Sendable {
  let synthesizer: Synthesizer
  let vocabulary: Vocabulary?
  private let threads: Int
  private let spectrogram: MelSpectrogram
  private let pitch = NotePitch()

  /// Tries of a note that stands out, its first included, and how far apart their seeds lie.
  private static let tries: UInt64 = 5
  private static let seedStride: UInt64 = 1_000_000
  /// How far partials may lie from each other, in cents, before the lowest of them are put in their places.
  private static let mostSpread = 4.0
  private static let tunedPartials = 10

  /// - Parameter vocabulary: the words of the model's captions, where it has a list of them.
  public init(_ synthesizer: Synthesizer, vocabulary: Vocabulary?, threads: Int) {
    (self.synthesizer, self.vocabulary, self.threads) = (synthesizer, vocabulary, threads)
    spectrogram = MelSpectrogram(synthesizer.model.configuration.mel)
  }

  /// What was made, and what there is to say of it.
  public struct Result: Sendable {
    public var notes: [SampledNote]
    public var remarks: [String]
  }

  /// The notes of a plan.
  /// - Parameter progress: is told how many are made, and of how many.
  /// - Throws: `ControlError`, `RequestProblem`.
  public func notes(
    of plan: InstrumentPlan, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Result {
    let rows = (0..<plan.velocities).flatMap { layer in (0..<plan.takes).map { (layer: layer, take: $0) } }
    let (roots, total) = (plan.roots, rows.count * plan.roots.count)
    var result = Result(notes: [], remarks: [])
    var made: [NoteRow] = []
    for (number, row) in rows.enumerated() {
      var notes = NoteRow(try drafts(of: plan, row, roots.map { ($0, UInt64(0)) }))
      progress(number * roots.count + roots.count / 2, total)
      try remake(&notes, of: plan, row)
      made.append(notes)
      progress((number + 1) * roots.count, total)
    }
    for layer in 0..<plan.velocities {
      let takes = NoteRow.lending(Array(made[layer * plan.takes..<(layer + 1) * plan.takes]))
      for (take, row) in takes.enumerated() {
        result.notes += Self.sampled(row, of: plan, (layer, take))
      }
      result.remarks += Self.remarks(takes[0], of: plan, layer: layer)
    }
    guard !result.notes.isEmpty else { throw InstrumentError.nothingSounds(prompt: plan.prompt) }
    let notes = Self.levelled(result.notes, of: plan)
    result.notes = Parallel.map(notes.count, threads: threads) { notes[$0].finished(pitch) }
    return result
  }

  /// The request of a note.
  private func request(
    _ plan: InstrumentPlan, _ row: (layer: Int, take: Int), root: Int, attempt: UInt64
  ) throws -> GenerationRequest {
    var draft = RequestDraft()
    draft.prompt = plan.prompt(of: row.layer)
    draft.vocabulary = vocabulary
    draft.controls.note = KeyName.text(root)
    (draft.duration, draft.trims) = (plan.seconds, false)
    draft.seed = plan.seed &+ UInt64(row.take) &+ attempt &* Self.seedStride
    return try draft.resolve(takesControls: synthesizer.model.configuration.takesControls).request
  }

  private func drafts(
    of plan: InstrumentPlan, _ row: (layer: Int, take: Int), _ wanted: [(root: Int, attempt: UInt64)]
  ) throws -> [NoteDraft] {
    let requests = try wanted.map { try request(plan, row, root: $0.root, attempt: $0.attempt) }
    let clips = try synthesizer.generate(requests)
    return Parallel.map(clips.count, threads: threads) { number in
      let hertz = KeyName.hertz(wanted[number].root)
      let (tuned, deviation) = inTune(clips[number], hertz: hertz)
      let clip = SampleShape.aligned(tuned, isHeld: true)
      return NoteDraft(
        clip: clip, pitch: deviation,
        timbre: Timbre(
          spectrogram.analyze(clip.samples), mel: synthesizer.model.configuration.mel, hertz: hertz),
        level: SampleShape.level(clip))
    }
  }

  /// A note and its pitch. The synthesizer puts fundamentals in their places, and overtones above 350 Hz where the
  /// instrument that was learned had them, which may be a tenth of a semitone away; where they disagree, all are put in
  /// place.
  private func inTune(_ clip: AudioClip, hertz: Double) -> (clip: AudioClip, pitch: NotePitch.Deviation?) {
    func heard(_ clip: AudioClip) -> NotePitch.Deviation? {
      pitch.deviation(of: clip.samples, sampleRate: clip.sampleRate, hertz: hertz)
    }
    let found = heard(clip)
    guard let found, found.spread > Self.mostSpread else { return (clip, found) }
    let tuning = PartialTuning(sampleRate: clip.sampleRate)
    let channels = clip.channels.map { tuning.tuned($0, hertz: hertz, partialCount: Self.tunedPartials) }
    let tuned = AudioClip(channels: channels, sampleRate: clip.sampleRate)
    guard let better = heard(tuned), better.spread < found.spread else { return (clip, found) }
    return (tuned, better)
  }

  /// Makes notes again that are silent, out of tune, or unlike their neighbours, and keeps what comes nearest.
  private func remake(_ row: inout NoteRow, of plan: InstrumentPlan, _ place: (layer: Int, take: Int)) throws {
    let roots = plan.roots
    for attempt in 1..<Self.tries {
      let outstanding = row.outstanding
      guard !outstanding.isEmpty else { return }
      let others = try drafts(of: plan, place, outstanding.map { (roots[$0], attempt) })
      for (note, other) in zip(outstanding, others) { row.offer(other, at: note) }
    }
  }

  /// The samples of a row's notes; those that cannot be played are left to their neighbours.
  private static func sampled(
    _ made: NoteRow, of plan: InstrumentPlan, _ row: (layer: Int, take: Int)
  ) -> [SampledNote] {
    let (roots, drafts) = (plan.roots, made.drafts)
    let kept = roots.indices.filter(made.isKept)
    let playable = kept.map { roots[$0] }
    return kept.map { place in
      SampledNote(
        name: KeyName.text(roots[place]), clip: drafts[place].clip, root: roots[place],
        keys: plan.keys(of: roots[place], among: playable), velocities: plan.velocities(of: row.layer),
        layer: row.layer, take: row.take, cents: drafts[place].pitch?.cents)
    }
  }

  /// Which notes of a layer are left to their neighbours.
  private static func remarks(_ made: NoteRow, of plan: InstrumentPlan, layer: Int) -> [String] {
    let words = plan.velocities == 1 ? "" : " of layer \(layer + 1)"
    return plan.roots.indices.filter { !made.isKept(at: $0) }.map {
      "\(KeyName.text(plan.roots[$0]))\(words) could not be made in tune; its neighbours play it"
    }
  }

  /// The level of the loudest layer, and the highest peak, in dBFS.
  private static let level = -18.0
  private static let highestPeak: Float = -1

  /// Every note of a layer at one level, as loud as the highest peak of all lets them be.
  private static func levelled(_ notes: [SampledNote], of plan: InstrumentPlan) -> [SampledNote] {
    var notes = notes
    for index in notes.indices {
      let clip = notes[index].clip
      guard let level = SampleShape.level(clip) else { continue }
      notes[index].clip = clip.scaled(
        by: Float(pow(10, (Self.level + plan.level(of: notes[index].layer) - level) / 20)))
    }
    let peak = notes.map(\.clip.peakDecibels).max() ?? 0
    let over = min(0, highestPeak - peak)
    return notes.map { note in
      var note = note
      note.clip = note.clip.scaled(by: pow(10, over / 20))
      return note
    }
  }
}
