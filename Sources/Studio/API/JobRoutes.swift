import Foundation
import HTTPTypes
import Hummingbird
import Library

/// What is to be made.
struct JobRoutes: Sendable {
  let studio: Studio
  /// Jobs that may wait: more is nobody's wish.
  private static let mostWaiting = 500

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/jobs") { [self] call in
        let request = try await call.json(Strict<JobRequest>.self).value
        return try .json(["job": try await Background.run { try add(request) }], status: .accepted)
      },
      Endpoint(.get, "/jobs") { [self] call in
        let limit = try call.count("limit", in: 1...1000) ?? 100
        let state = try call.choice("state", QueuedJob.State.self)
        let jobs = try studio.library.jobs(state.map { [$0] }, limit: limit)
        return try .json(["jobs": jobs.map(JobAnswer.init)])
      },
      Endpoint(.get, "/jobs/{id}") { [self] call in
        try .json(["job": JobAnswer(try studio.library.job(call.id()))])
      },
      Endpoint(.delete, "/jobs/{id}") { [self] call in
        try studio.library.cancel(call.id())
        studio.watch.look()
        return .done
      },
    ]
  }

  /// Checks a job, as far as can be, and puts it into the queue.
  private func add(_ asked: JobRequest) throws -> JobAnswer {
    var request = asked
    if let problem = request.problem { throw Problem.invalid(problem) }
    guard try studio.library.counts().waiting < Self.mostWaiting else {
      throw Problem(.tooManyRequests, "\(Self.mostWaiting) jobs are waiting already.")
    }
    // What is made does not depend on when, nor on how often it is begun.
    if request.kind != .train, request.seed == nil { request.seed = UInt64.random(in: 0..<1_000_000) }
    var count = 0
    if request.kind == .train {
      _ = try studio.samples.folder(request.path ?? "")
    } else {
      count = try studio.planner.plan(request).count
    }
    let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    let job = try studio.library.enqueue(
      NewJob(kind: request.kind.rawValue, request: text, count: count, prompt: asked.prompt))
    studio.runner.wake()
    studio.training.wake()
    studio.watch.look()
    return JobAnswer(job)
  }
}
