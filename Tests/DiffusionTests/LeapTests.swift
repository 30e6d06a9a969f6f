import Diffusion
import Tensors
import Testing

@Suite("Leaps")
struct LeapTests {
  @Test("A leap goes a share of what is left, and the network is told that and the guidance")
  func features() {
    let leap = Leap(from: 0.4, to: 0.7, guidance: 1)
    #expect(abs(leap.fraction - 0.5) < 1e-6)
    #expect(leap.features.count == Leap.featureCount)
    #expect(zip(leap.features, [1, 0.5, 0.25, 0, 0, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(Leap(from: 0.4, to: 1, guidance: 2).fraction == 1)
    // Nothing told is unlike every leap.
    #expect(leap.features[0] != 0)
  }

  @Test("Two leaps meet the walk that they are learned from; other numbers are not learned")
  func times() {
    #expect(Leap.times(count: 2) == NoiseSchedule.standard.times(stepCount: 2, shift: Leap.taughtShift))
    #expect([0, 1, 3, 4, 8].allSatisfy { Leap.times(count: $0) == nil })
  }

  @Test("Points that leaps go toward bring the sampler to where the way went")
  func way() {
    let states = (0..<3).map { RandomSource(seed: UInt64($0)).normals([2, 3]) }
    let times: [Float] = [0, 0.4, 1]
    let end = EulerSampler().sample(from: states[0], times: times) { z, t in
      let place = times.firstIndex(of: t) ?? 0
      let leap = Leap(from: t, to: times[place + 1], guidance: 2.5)
      return z.moved(by: 1 / leap.fraction, from: z, to: states[place + 1])
    }
    #expect(zip(end.values, states[2].values).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
