import Diffusion
import Synthesis
import Tensors

/// A part of a clip's way that is to be gone in one leap.
struct LeapLesson {
  /// With the states at `Leap.places`.
  let walk: Walk
  /// Which of these places it leaps from, to the next.
  let place: Int

  var question: LeapBatch.Question {
    let (from, to) = (Leap.taughtTimes[Leap.places[place]], Leap.taughtTimes[Leap.places[place + 1]])
    return LeapBatch.Question(
      walk: walk, start: walk.states[place], leap: Leap(from: from, to: to, guidance: walk.guidance))
  }

  /// The point that the leap goes toward: z + (z′ − z) / ρ.
  var target: Tensor {
    let (start, end) = (walk.states[place], walk.states[place + 1])
    return start.moved(by: 1 / question.leap.fraction, from: start, to: end)
  }
}
