import Tensors

/// Everything that `hiss bench` measures, in order.
public struct BenchmarkSuite {
  /// Measurements that are still to be made, together.
  public struct Item {
    public let title: String
    public let measure: () throws -> [BenchmarkResult]
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
    var items: [Item] = []
    func add(_ title: String, _ measure: @escaping () throws -> BenchmarkResult) {
      items.append(Item(title: title) { [try measure()] })
    }
    for threads in counts {
      for precision in Precision.allCases where [.float32, .fastest, .lowest].contains(precision) {
        add("products") { Self.products(precision, threads) }
      }
      add("transforms") { Self.transforms(threads) }
    }
    add("text encoder") { synthesis.encoding() }
    for seconds in [4.0, 10, 30, 60] {
      for threads in counts { add("denoiser") { network.forward(seconds, threads: threads) } }
    }
    if Precision.lowest == .int8 {
      for threads in counts { add("denoiser") { network.forward(10, precision: .int8, threads: threads) } }
    }
    for iterations in [8, 32] {
      for threads in counts { add("vocoder") { synthesis.vocoder(10, iterations: iterations, threads: threads) } }
    }
    for threads in counts {
      for seconds in [4.0, 10] { add("prompt to WAV") { try synthesis.generation(seconds, threads: threads) } }
      add("draft") { try synthesis.generation(10, threads: threads, draft: true) }
    }
    for seconds in [4.0, 10] { add("cold start") { try coldStart(seconds) } }
    items.append(Item(title: "8 clips") { synthesis.inTurns(counts.map { .init(8, of: 4, threads: $0) }) })
    items.append(
      Item(title: "60 s") {
        synthesis.inTurns([.init(6, of: 10, threads: threads), .init(1, of: 60, threads: threads)])
      })
    for precision in Precision.allCases where [.fastest, .lowest].contains(precision) {
      for threads in counts {
        add("training step") { try network.trainingStep(precision: precision, threads: threads) }
      }
    }
    self.items = items
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
