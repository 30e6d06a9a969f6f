import Instruments
import Testing

@Suite("What is sampled of an instrument")
struct InstrumentPlanTests {
  @Test("One key of so many, in the middle of those that play it")
  func roots() {
    let plan = InstrumentPlan(prompt: "piano", keys: 33...84, every: 3)
    #expect(plan.roots.first == 34 && plan.roots.last == 82 && plan.roots.count == 17)
    #expect(InstrumentPlan(prompt: "piano", keys: 60...60, every: 12).roots == [60])
    #expect(InstrumentPlan(prompt: "piano", keys: 60...63, every: 1).roots == [60, 61, 62, 63])
  }

  @Test(
    "What cannot be is said in one line",
    arguments: [
      InstrumentPlan(prompt: "x", keys: 100...140), InstrumentPlan(prompt: "x", every: 0),
      InstrumentPlan(prompt: "x", velocities: 4), InstrumentPlan(prompt: "x", takes: 0),
      InstrumentPlan(prompt: "x", seconds: .nan),
    ])
  func problems(_ plan: InstrumentPlan) throws {
    let problem = try #require(plan.problem)
    #expect(!problem.contains("\n"))
  }

  @Test(
    "Keys by their names",
    arguments: [("A1", 33), ("C4", 60), ("c#3", 49), ("Bb3", 58), ("C-1", 0), ("60", 60), ("Cb4", 59)])
  func names(_ name: String, _ key: Int) {
    #expect(KeyName.key(name) == key)
  }

  @Test("What is no key", arguments: ["H2", "C", "C12", "128", "", "4C", "G#9"])
  func noNames(_ name: String) {
    #expect(KeyName.key(name) == nil)
  }

  @Test("A key's name is read again")
  func roundTrip() {
    for key in 0...127 { #expect(KeyName.key(KeyName.text(key)) == key) }
  }

  @Test("A kit's drums are General MIDI's, each of its own; others are said to be unknown")
  func drums() throws {
    #expect(Set(KitDrum.all.map(\.key)).count == KitDrum.all.count)
    #expect(try KitDrum.named(["kick", "open-hat"]).map(\.key) == [36, 46])
    #expect(throws: InstrumentError.unknownDrum("gong", known: KitDrum.all.map(\.name))) {
      _ = try KitDrum.named(["gong"])
    }
  }
}
