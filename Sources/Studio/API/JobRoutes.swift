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
        let (planned, count) = try await Background.run { try plan(request) }
        let job = try await Background.runWriting { try add(planned, count) }
        return try .json(["job": job], status: .accepted)
      },
      Endpoint(.get, "/jobs", query: ["state", "limit"]) { [self] call in
        let limit = try call.count("limit", in: 1...1000) ?? 100
        let state = try call.choice("state", QueuedJob.State.self)
        let jobs = try studio.library.jobs(state.map { [$0] }, limit: limit)
        return try .json(["jobs": jobs.map(JobAnswer.init)])
      },
      Endpoint(.get, "/jobs/{id}") { [self] call in
        try .json(["job": JobAnswer(try studio.library.job(call.id()))])
      },
      Endpoint(.delete, "/jobs/{id}") { [self] call in
        let id = try call.id()
        try await Background.runWriting { [library = studio.library] in try library.cancel(id) }
        studio.watch.look()
        return .done
      },
    ]
  }

  /// Checks a job, as far as can be, and settles what is left to chance.
  /// - Returns: the job, and how many clips it makes.
  private func plan(_ asked: JobRequest) throws -> (JobRequest, Int) {
    var request = asked
    if let problem = request.problem { throw Problem.invalid(problem) }
    guard try studio.library.counts().waiting < Self.mostWaiting else {
      throw Problem(.tooManyRequests, "\(Self.mostWaiting) jobs are waiting already.")
    }
    // What is made does not depend on when, nor on how often it is begun.
    if JobRequest.Kind.ofLearning.contains(request.kind) {
      try studio.training.check(request)
      return (request, 0)
    }
    if request.seed == nil { request.seed = UInt64.random(in: 0..<1_000_000) }
    if request.kind == .vary, request.liked == nil, let source = request.source {
      request.liked = studio.likedRelatives(of: source)
    }
    return (request, try studio.planner.plan(request).count)
  }

  private func add(_ request: JobRequest, _ count: Int) throws -> JobAnswer {
    let text = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    let job = try studio.library.enqueue(
      NewJob(kind: request.kind.rawValue, request: text, count: count, prompt: request.prompt))
    studio.runner.wake()
    studio.training.wake()
    studio.watch.look()
    return JobAnswer(job)
  }
}
