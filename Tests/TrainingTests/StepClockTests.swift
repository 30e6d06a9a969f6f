import Testing
import Training

@Suite("How fast steps come")
struct StepClockTests {
  @Test("The pace is that of the last minute, what is done between steps included")
  func pace() {
    var clock = StepClock()
    #expect(clock.secondsPerStep(at: 0, seconds: 0) == nil)
    // Too soon to tell.
    #expect(clock.secondsPerStep(at: 1, seconds: 0.5) == nil)
    #expect(clock.secondsPerStep(at: 4, seconds: 2) == 0.5)
    // A measurement took 8 s.
    #expect(clock.secondsPerStep(at: 5, seconds: 10) == 2)
    // A machine that becomes busy is noticed once the quick minute is over.
    var last: Double?
    for step in 6...60 { last = clock.secondsPerStep(at: step, seconds: 10 + 4 * Double(step - 5)) ?? last }
    #expect(last == 4)
  }

  @Test("Without a step there is no pace")
  func standing() {
    var clock = StepClock()
    _ = clock.secondsPerStep(at: 3, seconds: 0)
    #expect(clock.secondsPerStep(at: 3, seconds: 30) == nil)
  }
}
