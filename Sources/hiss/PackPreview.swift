import Foundation
import Jobs
import Packs
import Synthesis

/// What a pack would be, before it is made.
struct PackPreview: Encodable {
  private struct Entry: Encodable {
    var file: String
    var prompt: String
    var seconds: Double?
    /// Of what is no clip: "an instrument", "stems".
    var what: String?
    var seed: UInt64
  }

  private let name: String
  private let files: [Entry]

  private enum CodingKeys: CodingKey { case name, files }

  init(_ plan: PackPlan, _ jobs: [Job]) {
    name = plan.name
    files = jobs.map { job in
      Entry(
        file: job.fileName(fileExtension: plan.format), prompt: job.request.prompt,
        seconds: job.product == nil ? job.request.seconds : nil, what: job.product?.title, seed: job.request.seed)
    }
  }

  func show(json: Bool) throws {
    if json { return try Console.result(json: self) }
    for file in files {
      let seconds = file.seconds.map { String(format: "%.2f s", $0) } ?? file.what ?? ""
      Console.result("\(file.file)  \(seconds)  \(file.prompt)")
    }
    Console.note("\(name): \(files.count) files; nothing was made")
  }
}
