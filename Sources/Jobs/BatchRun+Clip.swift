import Foundation
import Novelty
import Storage
import Synthesis

/// How one clip is made and put in its place.
extension BatchRun {
  /// Makes one clip, unless another process does or has done so.
  func attempt(_ job: Job, _ crew: BatchCrew, _ place: CrewPlace) {
    do {
      guard let claim = try claims.take(job.id) else { return crew.queue.postpone(job) }
      defer { claim.release() }
      try ledger.refresh()
      if isDone(job, verifying: verifies) {
        crew.siblings?.add(job, ledger[job.id])
        return crew.tally.add(job, .madeByOthers)
      }
      let start = ContinuousClock.now
      do {
        let file = try made(job, crew, place)
        place.leaveCore()
        try put(file, of: job, by: claim.part, since: start)
        if let fingerprint = file.fingerprint { crew.siblings?.add(job.id, fingerprint) }
        crew.tally.add(job, .made(hasOtherSeed: file.seed != nil))
      } catch let error as StorageError where error.concernsWholeDisk {
        throw error
      } catch {
        let reason = "\(error)"
        try ledger.append(entry(for: job, .failed) { $0.reason = reason })
        crew.tally.add(job, .failed(reason: reason))
      }
    } catch let error as StorageError where error.concernsWholeDisk {
      crew.tally.stop(error)
    } catch {
      crew.tally.add(job, .failed(reason: "\(error)"))
    }
  }

  /// The file of a job; with other seeds, where it would be a near copy of a clip that is there.
  private func made(_ job: Job, _ crew: BatchCrew, _ place: CrewPlace) throws -> MadeFile {
    guard let siblings = crew.siblings else { return try crew.make(job) }
    var (candidate, attempt) = (job, 1)
    while true {
      var file = try crew.make(candidate)
      let seed = file.seed ?? candidate.request.seed
      file.seed = seed == job.request.seed ? nil : seed
      guard let fingerprint = file.fingerprint else { return file }
      place.awaitTurn()
      guard let other = siblings.nearCopy(of: fingerprint, besides: job.id) else { return file }
      guard attempt < siblings.tries else { throw SiblingError(other: other, tries: attempt) }
      candidate.request.seed = seed &+ NoveltyGuard.seedStride
      attempt += 1
      place.takeCore()
    }
  }

  /// Puts a clip in its place, then tells the ledger: what the ledger says is done is there.
  private func put(
    _ file: MadeFile, of job: Job, by part: URL, since start: ContinuousClock.Instant
  ) throws {
    let (url, name) = (url(of: job), job.fileName(fileExtension: fileExtension))
    let hash = file.bytes.withUnsafeBytes { StableHash.of($0) }
    if !replacesUnknown, FileIdentity.isTaken(url), !ledger.files.contains(name),
      DurableFile.fingerprint(of: url)?.hash != hash
    {
      throw BatchConflict(id: job.id, path: url.path, kind: .unknownFile)
    }
    try DurableFile.makeFolder(url.deletingLastPathComponent())
    let parts = try put(file.parts, of: job, name, by: part)
    try DurableFile.write(file.bytes, to: url, by: part)
    try ledger.append(
      entry(for: job, .done) {
        $0.file = name
        $0.bytes = file.bytes.count
        $0.hash = StableHash.hexadecimal(hash)
        $0.seconds = (start.secondsAgo * 1000).rounded() / 1000
        $0.seed = file.seed
        $0.novelty = file.novelty.map { ($0 * 1000).rounded() / 1000 }
        ($0.words, $0.confidence) = (file.words, file.confidence)
        let own = environment.of(job.request)
        ($0.textEncoder, $0.processor, $0.leaps) = (own.textEncoder, own.processor, own.leaps)
        ($0.fingerprint, $0.parts) = (file.fingerprint, parts.isEmpty ? nil : parts)
      })
  }

  /// Puts the files of an instrument in their places. The ledger is told first that they are its own, whatever ends this.
  private func put(
    _ parts: [MadeFile.Part], of job: Job, _ name: String, by temporary: URL
  ) throws -> [LedgerEntry.Part] {
    guard !parts.isEmpty else { return [] }
    try ledger.append(
      entry(for: job, .failed) {
        $0.file = name
        $0.reason = "it was being written"
      })
    return try parts.map { part in
      let path = "\(job.id)/\(part.name)"
      let url = folder.appendingPathComponent(path)
      try DurableFile.makeFolder(url.deletingLastPathComponent())
      try DurableFile.write(part.bytes, to: url, by: temporary)
      let hash = part.bytes.withUnsafeBytes { StableHash.of($0) }
      return LedgerEntry.Part(file: path, bytes: part.bytes.count, hash: StableHash.hexadecimal(hash))
    }
  }

  private func entry(
    for job: Job, _ state: LedgerEntry.State, _ fill: (inout LedgerEntry) -> Void
  ) -> LedgerEntry {
    var entry = LedgerEntry(
      id: job.id, state: state, parameters: parametersHash(job), model: modelHash,
      time: Date().formatted(.iso8601))
    fill(&entry)
    return entry
  }
}

extension Siblings {
  /// Takes up a clip that the ledger knows.
  func add(_ job: Job, _ entry: LedgerEntry?) {
    if let fingerprint = entry?.fingerprint { add(job.id, fingerprint) }
  }
}
