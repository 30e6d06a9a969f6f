import Diffusion
import Synthesis
import Tensors

/// A part of a clip's way that is to be gone in one leap.
struct LeapLesson {
  let walk: Walk
  /// Places on the way.
  let from, to: Int

  var question: LeapBatch.Question {
    let times = Leap.taughtTimes
    return LeapBatch.Question(
      walk: walk, start: walk.states[from],
      leap: Leap(from: times[from], to: times[to], guidance: walk.guidance))
  }

  /// The point that the leap goes toward: z + (z′ − z) / ρ.
  var target: Tensor {
    let (start, end) = (walk.states[from], walk.states[to])
    return start.moved(by: 1 / question.leap.fraction, from: start, to: end)
  }
}
