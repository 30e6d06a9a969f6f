import Foundation
import Library
import Storage

/// A job as the API tells it.
struct JobAnswer: Encodable, Sendable {
  let id: String
  let kind: String
  let state: QueuedJob.State
  /// As it was asked for; empty where another program has asked for something that this one does not know.
  let request: JobRequest?
  let group: String
  /// Clips that are whole, of so many.
  let done: Int
  let count: Int
  let clips: [String]
  let progress: Double
  let secondsLeft: Double?
  let error: String?
  let notices: [String]
  let isCancelling: Bool
  let createdAt: Date

  private enum CodingKeys: String, CodingKey {
    case id, kind, state, request, group, done, count, clips, progress, secondsLeft, error, notices, createdAt
    case isCancelling = "cancelling"
  }

  init(_ job: QueuedJob) {
    (id, kind, state, group) = (job.id, job.kind, job.state, job.group)
    (done, count, clips) = (job.done, job.count, job.clips)
    request = try? JSONDecoder().decode(JobRequest.self, from: Data(job.request.utf8))
    (progress, secondsLeft, error, notices) = (job.progress, job.secondsLeft, job.error, job.notices)
    (isCancelling, createdAt) = (job.isCancelled && job.state == .running, job.createdAt)
  }
}
