import Audio
import Music
import Novelty
import Parallelism
import Spectra
import Synthesis
import Tensors
import Training

/// The measures, one by one.
extension Evaluator {
  /// A generated clip, and the real one that has its caption.
  struct MadeClip: Sendable {
    let request: GenerationRequest
    let source: Int
    let sampleCount: Int
    let made: HeardClip
    /// The real one through the vocoder.
    let real: HeardClip
  }

  /// Losses by noise level of as many clips of each kind.
  func fit(
    _ prints: [SoundFingerprint], _ index: NoveltyIndex, progress: @escaping @Sendable (Int, Int) -> Void
  ) -> FitReport {
    let count = min(settings.lossClipCount, dataset.heldOutIndices.count, dataset.trainingIndices.count)
    let (apart, known) = (dataset.heldOutIndices.spread(count), dataset.trainingIndices.spread(count))
    let scale = model.configuration.scale
    let trivial = TrivialPredictors(dataset, scale: scale)
    let denoising = DenoisingErrors(model: model, dataset: dataset)
    let work = WorkCounter(total: 2 * count, tell: progress)
    let errors = Parallel.map(2 * count, threads: settings.threads) { piece in
      defer { work.advance() }
      return denoising.errors(of: (apart + known)[piece], number: piece % count, trivial: trivial)
    }
    let limit = Int(DenoisingErrors.maximumSeconds * dataset.mel.framesPerSecond)
    let substitutes = Parallel.map(count, threads: settings.threads) { piece in
      let other = dataset.trainingIndices[index.nearest(to: prints[apart[piece]]).clip]
      return TrivialPredictors.substituteError(
        clean: dataset.melFrames(apart[piece], limit: limit), other: dataset.melFrames(other),
        reach: Int(dataset.mel.framesPerSecond), scale: scale)
    }
    return FitReport(
      heldOut: Array(errors[..<count]), training: Array(errors[count...]),
      nearestClip: Statistics.mean(substitutes))
  }

  /// Clips of held-out captions, which are gone through again and again until there are enough, with seeds 0, 1, 2, …
  /// - Throws: when the model cannot make clips of these lengths.
  func makeClips(progress: @escaping @Sendable (Int, Int) -> Void) throws(ControlError) -> [MadeClip] {
    let mel = dataset.mel
    let sources = dataset.heldOutIndices.spread(settings.clipCount)
    let listener = HeardClip.Listener(mel)
    let counts = sources.map { source in
      let seconds = Double((dataset.frameCount(source) - 1) * mel.hopLength) / Double(mel.sampleRate)
      return Int((min(max(seconds, 0.1), Self.maximumSeconds) * Double(mel.sampleRate)).rounded())
    }
    var planned: [ClipPlan] = []
    for number in 0..<settings.clipCount {
      let place = number % sources.count
      var request = GenerationRequest(
        prompt: dataset.clips[sources[place]].caption, duration: Double(counts[place]) / Double(mel.sampleRate),
        seed: UInt64(number))
      request.steps = settings.steps ?? request.steps
      planned.append(try synthesis.plan(request, of: sources[place]))
    }
    let plans = planned
    let work = WorkCounter(total: sources.count + settings.clipCount, tell: progress)
    let iterations = GenerationRequest(prompt: "").vocoderIterations
    let real = Parallel.map(sources.count, threads: settings.threads) { place in
      defer { work.advance() }
      return HeardClip(
        synthesis.vocoded(sources[place], sampleCount: counts[place], iterations: iterations), listener)
    }
    return try Parallel.map(plans.count, threads: settings.threads) { number in
      defer { work.advance() }
      let place = number % sources.count
      return Result { () throws(ControlError) in
        MadeClip(
          request: plans[number].request, source: sources[place], sampleCount: counts[place],
          made: HeardClip(try synthesis.samples(plans[number]), listener), real: real[place])
      }
    }.map { made throws(ControlError) in try made.get() }
  }

  func pairs(_ clips: [MadeClip], _ index: NoveltyIndex) -> [Pair] {
    clips.map { clip in
      let neighbour = index.nearest(to: clip.made.fingerprint)
      return Pair(
        request: clip.request, clip: AudioClip(mono: clip.made.samples, sampleRate: dataset.mel.sampleRate),
        ratio: neighbour.distance / index.medianHeldOutDistance,
        nearest: dataset.clips[dataset.trainingIndices[neighbour.clip]])
    }
  }

  /// The ratios of the clips as `hiss generate` gives them, watched by a `NoveltyGuard`: those that it rejects are made
  /// again with other seeds, and left out where none helps.
  /// - Parameter pairs: the clips as they came.
  func keptRatios(
    _ pairs: [Pair], _ clips: [MadeClip], _ index: NoveltyIndex, progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(ControlError) -> [Double] {
    let guardian = NoveltyGuard(index: index)
    let near = pairs.indices.filter { pairs[$0].ratio < guardian.threshold }
    let work = WorkCounter(total: near.count, tell: progress)
    let outcomes = Parallel.map(near.count, threads: settings.threads) { place in
      defer { work.advance() }
      let source = clips[near[place]].source
      return Result { () throws(ControlError) in
        try guardian.generate([pairs[near[place]].request]) { requests throws(ControlError) in
          let samples = try synthesis.samples(synthesis.plan(requests[0], of: source))
          return [AudioClip(mono: samples, sampleRate: dataset.mel.sampleRate)]
        }[0]
      }
    }
    var ratios: [Double?] = pairs.map(\.ratio)
    for (place, outcome) in zip(near, outcomes) {
      let outcome = try outcome.get()
      ratios[place] = outcome.isNovel ? outcome.ratio : nil
    }
    return ratios.compactMap(\.self)
  }

  /// - Parameter kept: what `keptRatios` gave.
  func novelty(
    _ pairs: [Pair], kept: [Double], _ prints: [SoundFingerprint], _ index: NoveltyIndex
  ) -> NoveltyReport {
    let heldOut = dataset.heldOutIndices
    return NoveltyReport(
      medianHeldOutDistance: index.medianHeldOutDistance,
      heldOutRatios: Parallel.map(heldOut.count, threads: settings.threads) { index.ratio(of: prints[heldOut[$0]]) },
      clips: pairs.map {
        NoveltyReport.Clip(
          prompt: $0.request.prompt, seed: $0.request.seed, ratio: $0.ratio, nearest: $0.nearest.name)
      }, keptRatios: kept)
  }

  /// What each clip was asked for against what it does; then the same of the real clips, and of those for what another
  /// clip was asked for, which is what chance gets.
  func obedience(_ clips: [MadeClip]) -> ObedienceReport {
    func measure(_ asking: MadeClip, _ heard: HeardClip) -> ClipObedience {
      let track = synthesis.track(of: asking.source, sampleCount: asking.sampleCount)
      let asked = dataset.clips[asking.source].askedTempo(groups: usesControls ? track.groups : [])
      return ClipObedience(asked: track, heard: heard.track, tempoAsked: asked, tempoHeard: heard.tempo)
    }
    let others = clips.indices.filter { clips[($0 + 1) % clips.count].source != clips[$0].source }
    return ObedienceReport(
      usesControls: usesControls,
      rows: [
        .init(name: "generated", clips.map { measure($0, $0.made) }),
        .init(name: "real, through the vocoder", clips.map { measure($0, $0.real) }),
        .init(name: "another real clip", others.map { measure(clips[$0], clips[($0 + 1) % clips.count].real) }),
      ])
  }

  /// Against held-out clips that lent no caption, if there are enough of them, else against training clips.
  func distance(_ clips: [MadeClip]) -> DistanceReport {
    let used = Set(clips.map(\.source))
    let unused = dataset.heldOutIndices.filter { !used.contains($0) }
    let isHeldOut = unused.count >= Self.leastReference
    let reference = (isHeldOut ? unused : dataset.trainingIndices).spread(1000)
    let statistics = Parallel.map(reference.count, threads: settings.threads) {
      FrechetFeatures.statistics(of: dataset.melFrames(reference[$0]))
    }
    let features = FrechetFeatures(reference: statistics)
    func distance(_ some: [[Double]]) -> Double { features.distance(some, statistics) }
    return DistanceReport(
      referenceClips: reference.count, referenceIsHeldOut: isHeldOut, clips: clips.count,
      generated: distance(clips.map(\.made.statistics)), vocoded: distance(clips.map(\.real.statistics)),
      real: distance(clips.map { FrechetFeatures.statistics(of: dataset.melFrames($0.source)) }))
  }

  /// Held-out clips without which training clips are the better reference.
  static let leastReference = 200
}
