import Corpus
import Music
import Testing

@Suite("Arrangements")
struct ArrangementTests {
  private static let idea: Idea = {
    guard let form = try? SongForm("intro 2 verse 4 chorus 4 verse 4 chorus 4") else { preconditionFailure("no form") }
    return IdeaComposer(IdeaBrief("rock")).compose(seed: 1, form: form)
  }()

  /// The bars, counted from 1, in which a player begins notes.
  private func bars(_ text: String, _ role: IdeaStem.Role) throws -> Set<Int> {
    let idea = try Arrangement(text, of: Self.idea).applied(to: Self.idea)
    let beats = idea.timeSignature.quartersPerBar
    return Set((idea.stems.first { $0.role == role }?.notes ?? []).map { Int(($0.startBeats + 1e-3) / beats) + 1 })
  }

  @Test(
    "Bars and sections, there and not there",
    arguments: [
      ("drums from bar 5", IdeaStem.Role.drums, Array(5...19)), ("chords until bar 8", .chords, Array(1...8)),
      ("no bass in the verse", .bass, Array(1...2) + Array(7...10) + Array(15...19)),
      ("lead in the second chorus", .lead, Array(15...18)), ("drums and bass in bars 3-6", .bass, Array(3...6)),
      ("drums from bar 5, no drums in chorus 2", .drums, Array(5...14) + [19]),
      ("only chords in the intro", .bass, Array(3...19)),
      ("Bass not in the choruses", .bass, Array(1...6) + Array(11...14) + [19]),
      ("lead only in the chorus and the intro", .lead, Array(7...10) + Array(15...18)),
      (
        "drums in the verse, drums in the last chorus and bass from the first chorus", .drums,
        Array(3...6) + Array(11...18)
      ),
      ("everything from bar 3 to 4", .chords, [3, 4]),
    ])
  func plays(text: String, role: IdeaStem.Role, expected: [Int]) throws {
    let usual = try bars("everything from bar 1", role)
    #expect(try bars(text, role) == usual.intersection(expected))
  }

  @Test("Notes end where their player falls silent, and who never plays has no stem")
  func notes() throws {
    let cut = try Arrangement("chords until bar 1", of: Self.idea).applied(to: Self.idea)
    let beats = cut.timeSignature.quartersPerBar
    #expect(cut.stems.first { $0.role == .chords }?.notes.allSatisfy { $0.endBeats <= beats + 1e-6 } == true)
    let without = try Arrangement("no lead in bars 1-19", of: Self.idea).applied(to: Self.idea)
    #expect(without.stems.map(\.role) == [.drums, .bass, .chords])
  }

  @Test("What is not understood is told in one line, with where, and what is")
  func problems() {
    func problem(_ text: String, of idea: Idea = Self.idea) -> ArrangementError? {
      do throws(ArrangementError) { _ = try Arrangement(text, of: idea) } catch { return error }
      return nil
    }
    #expect(problem("") == .empty)
    #expect(problem("drums from bar 5, frobs in the verse") == .notUnderstood("frobs", place: 5))
    #expect(problem("drums loudly") == .notUnderstood("loudly", place: 2))
    #expect(problem("no drums") == .ends(behind: "drums"))
    #expect(problem("drums from bar 50") == .bars("bar 50", count: 19))
    #expect(problem("drums from bar 0") == .bars("bar 0", count: 19))
    #expect(problem("drums in bars 6-3") == .bars("bars 6 to 3", count: 19))
    #expect(problem("lead in the bridge") == .section("bridge", known: ["intro", "verse", "chorus", "ending"]))
    #expect(problem("lead in chorus 3") == .section("chorus 3", known: ["intro", "verse", "chorus", "ending"]))
    let plain = IdeaComposer(IdeaBrief("rock")).compose(seed: 1, hasBand: true)
    #expect(problem("lead in the chorus", of: plain) == .section("chorus", known: []))
    for text in ["", "x", "drums from", "drums in the bridge"] {
      #expect(problem(text).map { !"\($0)".contains("\n") } == true, "\(text)")
    }
  }
}
