/// What `hiss bench` measured on a machine.
public struct BenchmarkReport: Codable, Sendable, Equatable {
  /// The version of Hiss, the name of the model, and what the processor calls itself.
  public var hiss: String
  public var model: String
  public var processor: String
  public var cores: Int
  /// The number format of the matrix products.
  public var precision: String
  public var measurements: [BenchmarkResult] = []

  public init(hiss: String, model: String, processor: String, cores: Int, precision: String) {
    self.hiss = hiss
    self.model = model
    self.processor = processor
    self.cores = cores
    self.precision = precision
  }

  /// The measurement of this name on as many threads.
  public func measurement(_ name: String, threads: Int) -> BenchmarkResult? {
    measurements.first { $0.name == name && $0.threads == threads }
  }
}
