import Evaluation
import Foundation
import HTTPTypes
import Hummingbird
import Training

/// How models learn, as it is heard and measured on the way, and what was measured of them afterwards.
struct LearningRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/models/{name}/course") { [self] call in
        let name = try call.modelName()
        return try .json(try await Background.run { try course(of: name) })
      },
      Endpoint(.get, "/models/{name}/previews/{file}") { [self] call in
        let file = try studio.models.previewFile(call.fileName("file"), of: call.modelName())
        let type = file.pathExtension == "png" ? "image/png" : "audio/wav"
        return try FileAnswer.answer(file, type: type, to: call.request)
      },
      Endpoint(.get, "/models/{name}/evaluation") { [self] call in
        let name = try call.modelName()
        guard let evaluation = try studio.models.evaluation(name) else {
          throw Problem(.notFound, "This model was not evaluated yet: ask for a job of the kind evaluate.")
        }
        return try .json(
          EvaluationAnswer(evaluation, isOutdated: try studio.models.weights(name) != evaluation.weights))
      },
    ]
  }

  // MARK: The course

  private struct Course: Encodable, Sendable {
    struct Point: Encodable, Sendable {
      let step: Int
      let seconds: Double
      let loss: Double
      let heldOutLoss: Double?
      let learnedLoss: Double?
    }
    struct Preview: Encodable, Sendable {
      let category: String
      /// What it was taken for.
      let takenFor: String
      let novelty: Double
      let audio: String
      let picture: String
    }
    struct Look: Encodable, Sendable {
      let step: Int
      /// The share of clips that are taken for what they were asked to be, of what real clips reach.
      let obedience: Double?
      let novelty: Double?
      let heldOutLoss: Double?
      let previews: [Preview]
    }
    let model: String
    let steps: Int
    let curve: [Point]
    let looks: [Look]
  }

  /// Points that a picture has use for.
  private static let mostPoints = 400

  private func course(of name: String) throws -> Course {
    let (entries, rows) = (try studio.models.log(name), try studio.models.previews(name))
    func isWorthShowing(_ place: Int) -> Bool {
      entries.count <= Self.mostPoints || place % (entries.count / Self.mostPoints + 1) == 0
        || place == entries.count - 1 || entries[place].heldOutLoss != nil
    }
    let curve = entries.indices.filter(isWorthShowing).map { place in
      let entry = entries[place]
      return Course.Point(
        step: entry.step, seconds: entry.seconds, loss: entry.loss, heldOutLoss: entry.heldOutLoss,
        learnedLoss: entry.learnedLoss)
    }
    let heard = Set(rows.map(\.step)).union(entries.filter { $0.obedience != nil }.map(\.step))
    let looks = heard.sorted().map { step in
      let entry = entries.last { $0.step <= step && ($0.obedience != nil || $0.heldOutLoss != nil) }
      return Course.Look(
        step: step, obedience: entry?.obedience, novelty: entry?.novelty, heldOutLoss: entry?.heldOutLoss,
        previews: rows.filter { $0.step == step }.map { preview($0, of: name) })
    }
    return Course(model: name, steps: entries.last?.step ?? 0, curve: curve, looks: looks)
  }

  private func preview(_ row: PreviewFolder.Row, of name: String) -> Course.Preview {
    let file = row.file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
    let place = "\(Endpoint.root)/models/\(name)/previews/\(file)"
    return Course.Preview(
      category: row.category, takenFor: row.takenFor, novelty: row.novelty, audio: place + ".wav",
      picture: place + ".png")
  }

  // MARK: The evaluation

  private struct EvaluationAnswer: Encodable {
    let model: String
    let dataset: String
    let at: Date
    /// Whether the model has learned on since.
    let isOutdated: Bool
    /// noise, learning or trained; general, leaning or copying.
    let fit: String
    let memory: String
    /// A sentence for each, and what to keep in mind.
    let verdict: [String]
    let notes: [String]
    /// The share of the error of guessing that is gone.
    let skill: Double?
    /// The held-out loss over that of learned clips.
    let lossRatio: Double?
    /// Of generated clips: how new they are, and the share of near copies.
    let medianNovelty: Double?
    let copyShare: Double?
    /// How far generated clips are from real ones, as a whole, and real ones from each other.
    let distance: Double?
    let realDistance: Double?
    /// All figures as a text.
    let text: String

    private enum CodingKeys: String, CodingKey {
      case model, dataset, at, fit, memory, verdict, notes, skill, lossRatio, medianNovelty, copyShare, distance
      case realDistance, text
      case isOutdated = "outdated"
    }

    init(_ evaluation: TrainedModels.Evaluation, isOutdated: Bool) {
      let report = evaluation.report
      (model, dataset, at) = (report.model.name, report.dataset.name, evaluation.at)
      self.isOutdated = isOutdated
      (fit, memory) = (report.verdict.fit.rawValue, report.verdict.memory.rawValue)
      (verdict, notes, text) = (report.verdict.lines, report.notes, report.text)
      func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      let novelty = report.novelty.flatMap { $0.clips.isEmpty ? nil : $0 }
      (skill, lossRatio) = (finite(report.fit.skill), finite(report.fit.lossRatio))
      (medianNovelty, copyShare) = (finite(novelty?.medianRatio), finite(novelty?.copyShare))
      (distance, realDistance) = (finite(report.distance?.generated), finite(report.distance?.real))
    }
  }
}
