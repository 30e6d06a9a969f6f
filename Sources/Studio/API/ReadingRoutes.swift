import Foundation
import HTTPTypes
import Hummingbird

/// What is understood of a prompt, while it is written.
struct ReadingRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/reading") { [self] call in
        let asked = try await call.json(Strict<Question>.self, limit: 64 << 10).value
        return try .json(try await Background.run { try read(asked) })
      }
    ]
  }

  struct Question: Decodable, Sendable, KnownFields {
    var prompt: String
    var negativePrompt: String?
    var model: String?
    var chords: String?
    var bpm: Double?
    var key: String?
    var bars: Int?
    var seconds: Double?
    var loop: Bool?
    var mono: Bool?
    var pan: Double?
    var width: Double?

    static let fieldNames = [
      "prompt", "negativePrompt", "model", "chords", "bpm", "key", "bars", "seconds", "loop", "mono", "pan", "width",
    ]
  }

  private func read(_ question: Question) throws -> PromptChips {
    var request = JobRequest(.generate)
    (request.prompt, request.negativePrompt, request.model) = (question.prompt, question.negativePrompt, question.model)
    (request.chords, request.bpm, request.key) = (question.chords, question.bpm, question.key)
    (request.bars, request.seconds, request.loop) = (question.bars, question.seconds, question.loop)
    (request.mono, request.pan, request.width) = (question.mono, question.pan, question.width)
    // Nothing is asked for yet: an empty prompt says nothing, and is no mistake.
    guard question.prompt.contains(where: { !$0.isWhitespace }) else { return .empty }
    if let problem = request.problem { throw Problem.invalid(problem) }
    let model = try studio.workshop.model(named: request.model)
    return try PromptChips(studio.planner.draft(request, for: model), model)
  }
}
