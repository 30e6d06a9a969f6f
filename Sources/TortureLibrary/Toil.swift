import Audio
import Foundation
import Library
import Storage

/// One who makes clips and judges them.
struct Toil {
  private let library: ClipLibrary
  private let log: AppendLog

  init(_ folder: URL, log: String) throws {
    library = try ClipLibrary(at: folder)
    self.log = AppendLog(URL(fileURLWithPath: log))
  }

  func ask(jobs: Int, clips: Int) throws {
    for number in 1...jobs {
      let job = try library.enqueue(
        NewJob(kind: "generate", request: "{\"number\":\(number)}", count: clips, prompt: "tone \(number % 7)"))
      try log.append("asked \(job.id) \(clips)")
    }
  }

  /// Until the queue is empty and nobody else is at a job.
  func work() throws {
    let worker = try library.worker()
    while true {
      guard let job = try worker.claim() else {
        if try library.jobs([.waiting, .running]).isEmpty { return }
        usleep(20_000)
        continue
      }
      try worker.begin(job.id)
      for take in job.openTakes { try make(take, of: job, worker) }
      try worker.end(job.id, .done)
      try log.append("done \(job.id)")
    }
  }

  private func make(_ take: Int, of job: QueuedJob, _ worker: QueueWorker) throws {
    let number = job.id.utf8.reduce(take) { ($0 * 31 + Int($1)) % 10_007 }
    let sound = Self.tone(hertz: 100 + Double(number % 1900))
    var facts = ClipFacts(name: "tone_\(take < 10 ? "0" : "")\(take)")
    (facts.prompt, facts.seed) = ("tone \(number)", UInt64(number))
    let bytes = try AudioFile.encode(sound, for: URL(fileURLWithPath: "tone.wav"))
    if take % 2 == 0 { try worker.storeDraft(bytes, sound, facts, take: take, of: job) }
    let clip = try worker.store(bytes, sound, facts, take: take, of: job)
    try log.append("made \(job.id) \(take) \(clip.id)")
    try judge(clip)
  }

  /// Each clip is judged once and one way, so that what was acknowledged must be so for ever.
  private func judge(_ clip: LibraryClip) throws {
    switch clip.seed % 4 {
    case 0:
      try library.change(clip.id, ClipChange(state: .picked, rating: 4, tags: ["kept"], shownBeside: []))
      try log.append("picked \(clip.id)")
    case 1:
      try library.bin([clip.id])
      try log.append("binned \(clip.id)")
    case 2:
      try library.change(clip.id, ClipChange(state: .rejected, note: "no"))
      try log.append("rejected \(clip.id)")
    default: break
    }
  }

  private static func tone(hertz: Double) -> AudioClip {
    let samples = (0..<8820).map { 0.4 * Float(sin(2 * .pi * hertz * Double($0) / 44_100)) }
    return AudioClip(mono: samples, sampleRate: 44_100)
  }
}
