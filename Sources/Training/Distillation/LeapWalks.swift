import Diffusion
public import Parallelism
public import Synthesis
package import Tensors
public import Text

/// Clips on their ways from noise to data, as a model goes in its own steps: what its leaps are learned from. Of each way the
/// states at `Leap.places`.
public struct LeapWalks: Sendable {
  package let training: [Walk]
  let heldOut: [HeldOut]

  /// A way that is not learned from, and where the model comes to from the same noise in two plain steps.
  package struct HeldOut: Sendable {
    let walk: Walk
    let plainEnd: Tensor

    package init(_ walk: Walk, plainEnd: Tensor) { (self.walk, self.plainEnd) = (walk, plainEnd) }

    /// The sum of the squared differences between where the way ends and another place; nil for the clip's mean.
    func squares(from other: Tensor?) -> Double {
      let clean = walk.states[walk.states.count - 1]
      let mean = Float(clean.values.reduce(0) { $0 + Double($1) } / Double(clean.count))
      var difference = other ?? Tensor(clean.shape, repeating: mean)
      difference.add(clean, times: -1)
      return difference.sumOfSquares
    }
  }

  /// Ways that are given.
  package init(training: [Walk], heldOut: [HeldOut]) { (self.training, self.heldOut) = (training, heldOut) }

  /// Lets a model make clips of prompts in its own words, with several guidances; the same for the same model and plan.
  /// - Parameter progress: is told how many are made, and of how many.
  /// - Returns: nil where the words name nothing that could be asked for.
  /// - Throws: `ControlError` where the model makes no numbers.
  public init?(
    _ plan: LeapPlan, of model: ModelBundle, vocabulary: Vocabulary, encoder: SentenceEncoder,
    threads: Int = Parallel.coreCount, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(ControlError) {
    guard let prompts = RehearsalPrompts(vocabulary) else { return nil }
    let synthesizer = Synthesizer(model: model, encoder: encoder, threads: 1)
    let total = plan.clipCount + plan.heldOutCount
    let counter = WorkCounter(total: total, tell: progress)
    let source = RandomSource(seed: plan.seed).stream(.leaps)
    let made = Parallel.map(total, threads: threads) { number in
      defer { counter.advance() }
      return Result { () throws(ControlError) -> Example? in
        let random = source.split(UInt64(number))
        guard let request = Self.request(prompts, plan, random, vocabulary, of: model) else { return nil }
        let walk = try synthesizer.walk(synthesizer.plan(request)).keeping(Leap.places)
        guard number < plan.heldOutCount else { return .learned(walk) }
        var short = request
        short.steps = Leap.places.count - 1
        let end = try synthesizer.walk(synthesizer.plan(short)).states.last
        return end.map { .heldOut(HeldOut(walk, plainEnd: $0)) }
      }
    }
    var (training, heldOut) = ([Walk](), [HeldOut]())
    for result in made {
      switch try result.get() {
      case .learned(let walk): training.append(walk)
      case .heldOut(let example): heldOut.append(example)
      case nil: break
      }
    }
    guard !training.isEmpty else { return nil }
    (self.training, self.heldOut) = (training, heldOut)
  }

  private enum Example: Sendable {
    case learned(Walk)
    case heldOut(HeldOut)
  }

  /// What is asked for; nil for a prompt that cannot be read.
  private static func request(
    _ prompts: RehearsalPrompts, _ plan: LeapPlan, _ random: RandomSource, _ vocabulary: Vocabulary,
    of model: ModelBundle
  ) -> GenerationRequest? {
    var draw = random.split(1)
    guard
      var request = RequestDraft.request(
        prompts.prompt(from: random.split(0)), seconds: plan.shortestSeconds...plan.longestSeconds,
        vocabulary: vocabulary, of: model, drawing: &draw)
    else { return nil }
    (request.steps, request.timeShift) = (Leap.taughtSteps, Leap.taughtShift)
    // Half of them as clips usually are, the others over all that can be asked for.
    let range = Leap.taughtGuidance
    let other = range.lowerBound + draw.uniform() * (range.upperBound - range.lowerBound)
    if draw.uniform() < 0.5 { request.guidanceScale = other }
    return request
  }
}
