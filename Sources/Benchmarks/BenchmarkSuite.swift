import Tensors

/// Everything that `hiss bench` measures, in order.
public struct BenchmarkSuite {
  /// Measurements that are still to be made, together.
  public struct Item {
    public let title: String
    public let measure: () throws -> [BenchmarkResult]

    init(title: String, measure: @escaping () throws -> [BenchmarkResult]) {
      (self.title, self.measure) = (title, measure)
    }

    init(_ title: String, measure: @escaping () throws -> BenchmarkResult) {
      self.init(title: title) { [try measure()] }
    }
  }

  public let items: [Item]

  /// - Parameters:
  ///   - threads: all of them; what gains from more than one is measured on one thread and on all.
  ///   - coldStart: a clip of so many seconds made by a process of its own.
  public init(
    network: NetworkBenchmark, synthesis: SynthesisBenchmark, threads: Int,
    coldStart: @escaping (_ seconds: Double) throws -> BenchmarkResult
  ) {
    let counts = threads > 1 ? [1, threads] : [1]
    items =
      Self.parts(network, synthesis, counts) + Self.clips(synthesis, counts)
      + [4.0, 10].map { seconds in Item("cold start") { try coldStart(seconds) } }
      + Self.manyClips(synthesis, counts) + Self.training(network, counts)
  }

  /// The machine's ceilings, and the parts that clips are made by.
  private static func parts(_ network: NetworkBenchmark, _ synthesis: SynthesisBenchmark, _ counts: [Int]) -> [Item] {
    var items: [Item] = []
    for threads in counts {
      for precision in Precision.allCases where [.float32, .fastest, .lowest].contains(precision) {
        items.append(Item("products") { products(precision, threads) })
      }
      items.append(Item("transforms") { transforms(threads) })
    }
    items.append(Item("text encoder") { synthesis.encoding() })
    for seconds in [4.0, 10, 30, 60] {
      for threads in counts { items.append(Item("denoiser") { network.forward(seconds, threads: threads) }) }
    }
    if Precision.lowest == .int8 {
      for threads in counts {
        items.append(Item("denoiser") { network.forward(10, precision: .int8, threads: threads) })
      }
    }
    for iterations in [8, 32] {
      for threads in counts {
        items.append(Item("vocoder") { synthesis.vocoder(10, iterations: iterations, threads: threads) })
      }
    }
    return items
  }

  private static func clips(_ synthesis: SynthesisBenchmark, _ counts: [Int]) -> [Item] {
    counts.flatMap { threads in
      [4.0, 10].map { seconds in
        Item("prompt to WAV") { try synthesis.generation(seconds, threads: threads) }
      } + [Item("draft") { try synthesis.generation(10, threads: threads, draft: true) }]
    }
  }

  private static func manyClips(_ synthesis: SynthesisBenchmark, _ counts: [Int]) -> [Item] {
    let threads = counts.last ?? 1
    return [
      Item(title: "8 clips") { synthesis.inTurns(counts.map { .init(8, of: 4, threads: $0) }) },
      Item(title: "60 s") {
        synthesis.inTurns([.init(6, of: 10, threads: threads), .init(1, of: 60, threads: threads)])
      },
    ]
  }

  private static func training(_ network: NetworkBenchmark, _ counts: [Int]) -> [Item] {
    Precision.allCases.filter { [.fastest, .lowest].contains($0) }.flatMap { precision in
      counts.map { threads in
        Item("training step") { try network.trainingStep(precision: precision, threads: threads) }
      }
    }
  }

  private static func products(_ precision: Precision, _ threads: Int) -> BenchmarkResult {
    var result = BenchmarkResult("matrix products, \(precision.rawValue)", threads: threads)
    result.rate = ProductRate.measure(precision, threads: threads)
    return result
  }

  private static func transforms(_ threads: Int) -> BenchmarkResult {
    var result = BenchmarkResult("Fourier transforms", threads: threads)
    result.rate = FourierRate.measure(threads: threads)
    return result
  }
}
