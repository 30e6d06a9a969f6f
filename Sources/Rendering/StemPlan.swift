package import Corpus
import Foundation
package import Music
package import Synthesis

/// What a composition in stems is besides its words: who plays, in which form, and when.
///
/// What a plan of a pack says of it in fields, the command line says in options.
public struct StemPlan: Sendable, Equatable {
  package var roles = IdeaStem.Role.allCases
  /// Its sections, as `SongForm` reads them; nil for one idea of some bars.
  package var form: String?
  /// Who plays when, as `Arrangement` reads it.
  package var arrangement: String?
  /// Chords that go round, as `ChordChart` reads them.
  package var chords: String?
  /// Of the idea, or of a section that does not say its own.
  package var bars: Int?

  package init() {}

  /// The longest composition, in seconds.
  private static let longest = 180.0

  /// The composition of a request's seed.
  /// - Throws: `StemPlanError`.
  package func sketch(
    _ brief: IdeaBrief, _ request: GenerationRequest, controlScale: Float?
  ) throws(StemPlanError) -> IdeaSketch {
    let composer = IdeaComposer(brief)
    let whole: Idea
    if let form {
      do {
        let form = try SongForm(form, key: brief.key, timeSignature: composer.timeSignature)
        whole = composer.compose(seed: request.seed, form: form)
      } catch { throw .form(error) }
    } else {
      whole = composer.compose(seed: request.seed, hasBand: true)
    }
    guard whole.seconds <= Self.longest else {
      throw .tooLong(bars: whole.bars, tempo: whole.tempo, seconds: Int(whole.seconds), longest: Int(Self.longest))
    }
    let idea = try arranged(whole).keeping(roles)
    guard !idea.stems.isEmpty else { throw .nobodyPlays }
    return IdeaSketch(idea, request: request, controlScale: controlScale)
  }

  private func arranged(_ idea: Idea) throws(StemPlanError) -> Idea {
    guard let arrangement else { return idea }
    do { return try Arrangement(arrangement, of: idea).applied(to: idea) } catch { throw .arrangement(error) }
  }

  /// The composition of a request that says its tempo, key and metre itself.
  /// - Throws: `StemPlanError`.
  package func sketch(of request: GenerationRequest) throws(StemPlanError) -> IdeaSketch {
    let controls = request.controls
    let key = controls?.key.flatMap { Key(name: $0) }
    let signature = controls?.timeSignature.flatMap { TimeSignature(name: $0) }
    var chart: ChordChart?
    if let chords {
      do {
        chart = try ChordChart(chords, key: key, timeSignature: signature ?? .common)
      } catch { throw .chords(error) }
    }
    let brief = IdeaBrief(
      request.englishPrompt, tempo: controls?.tempo, key: key, timeSignature: signature, bars: bars, chords: chart)
    if let problem = brief.problem { throw .brief(problem) }
    var request = request
    // It is as long as its bars.
    (request.trims, request.tail) = (nil, nil)
    return try sketch(brief, request, controlScale: controls?.scale)
  }

  /// What keeps a request from being composed, in one line; nil if nothing does.
  package func problem(of request: GenerationRequest) -> String? {
    do throws(StemPlanError) {
      return try sketch(of: request).partRequest.problem
    } catch { return error.description }
  }
}

extension StemPlan {
  /// All that tells it from others.
  package var mark: String {
    "\(roles.map(\.rawValue)) \(form ?? "") \(arrangement ?? "") \(chords ?? "") \(bars ?? 0)"
  }

  /// About how many clips of four seconds it is as much work as.
  package var clipCount: Int { roles.count * (form == nil ? 2 : 10) }

  /// Its fields, as a plan names them.
  package static let fields = ["stems", "form", "arrange", "chords", "bars"]

  /// Takes a field.
  /// - Throws: `StemPlanError.field` for a value of another kind.
  package mutating func set(_ name: String, to text: String) throws(StemPlanError) {
    switch name {
    case "form": form = text
    case "arrange": arrangement = text
    case "chords": chords = text
    case "bars":
      guard let count = Int(text), (1...64).contains(count) else {
        throw .field("bars: \(text) is not between 1 and 64")
      }
      bars = count
    default: roles = try Self.roles(text)
    }
  }

  /// Players by their names, in the order in which they are written.
  /// - Throws: `StemPlanError.field` for a name that is none.
  package static func roles(_ text: String) throws(StemPlanError) -> [IdeaStem.Role] {
    let known = IdeaStem.Role.allCases.map(\.rawValue).joined(separator: ", ")
    let names = text.split(whereSeparator: { $0 == "," || $0.isWhitespace }).map { $0.lowercased() }
    guard !names.isEmpty else { throw .field("stems wants some of \(known)") }
    for name in names where IdeaStem.Role(rawValue: name) == nil {
      throw .field("stems: \"\(name)\" is none of \(known)")
    }
    return IdeaStem.Role.allCases.filter { names.contains($0.rawValue) }
  }
}

/// Why there is no composition.
package enum StemPlanError: Error, Sendable, CustomStringConvertible {
  case form(SongFormError)
  case arrangement(ArrangementError)
  case chords(ChordChartError)
  case brief(String)
  case field(String)
  case tooLong(bars: Int, tempo: Double, seconds: Int, longest: Int)
  case nobodyPlays

  package var description: String {
    switch self {
    case .form(let error): "form: \(error)"
    case .arrangement(let error): "arrange: \(error)"
    case .chords(let error): ControlError.chords(error).description
    case .brief(let problem), .field(let problem): problem
    case .tooLong(let bars, let tempo, let seconds, let longest):
      "\(bars) bars at \(String(format: "%g", tempo)) bpm are \(seconds) s, more than \(longest): fewer bars, or a "
        + "faster bpm"
    case .nobodyPlays: "nobody plays: arrange, or the sections of the form, leave nothing of the stems asked for"
    }
  }
}
