import Diffusion
public import Foundation
public import Instruments
public import Rendering
import Storage
public import Synthesis

/// One clip of a batch, or an instrument.
public struct Job: Sendable, Equatable {
  /// The name of its file, without the extension, and of the folder that it lies in; no two jobs of a manifest share one, in
  /// whatever case. Of an instrument it names the folder of its own.
  public let id: String
  public var request: GenerationRequest
  /// What is made instead of a clip; nil for a clip.
  public let product: Product?

  /// What has files of its own, in a folder.
  public enum Product: Sendable, Equatable {
    case instrument(InstrumentPlan)
    case kit(DrumKitPlan)
    case stems(StemPlan)

    /// What it is, in words.
    public var title: String {
      switch self {
      case .instrument: "an instrument"
      case .kit: "a drum kit"
      case .stems: "stems and their mix"
      }
    }

    /// Its file that is written last; the others stand beside it.
    var fileName: String {
      switch self {
      case .instrument, .kit: InstrumentFolder.listName
      case .stems: IdeaStems.mixName
      }
    }

    /// What keeps a request from becoming it, in one line; nil if nothing does.
    func problem(of request: GenerationRequest) -> String? {
      guard case .stems(let plan) = self else { return nil }
      return plan.problem(of: request)
    }
  }
  /// Of the file, in hertz.
  public let sampleRate: Int
  /// What the file says, and where it has cues.
  public let file: FileRequest

  public init(
    id: String, request: GenerationRequest, sampleRate: Int = 44_100, file: FileRequest = FileRequest(),
    product: Product? = nil
  ) {
    self.id = id
    self.request = request
    self.product = product
    (self.sampleRate, self.file) = (sampleRate, file)
  }

  /// The path of its clip's file in the batch's folder; of an instrument that of its list, of stems that of their mix.
  public func fileName(fileExtension: String) -> String {
    product.map { "\(id)/\($0.fileName)" } ?? "\(id).\(fileExtension)"
  }

  /// Its clip's file.
  public func file(in folder: URL, fileExtension: String) -> URL {
    folder.appendingPathComponent(fileName(fileExtension: fileExtension))
  }

  /// A hash of everything in the job that the file's bytes depend on, as 16 hexadecimal digits.
  /// - Parameters:
  ///   - fileExtension: of the clip's file.
  ///   - novelty: how new the clip has to be; nil where that is not asked.
  public func parametersHash(fileExtension: String, novelty: Double? = nil) -> String {
    parametersHash(of: request, fileExtension: fileExtension, novelty: novelty)
  }

  /// The hashes that the same job had when requests were of earlier revisions: a clip that is done then stays done.
  func earlierHashes(fileExtension: String, novelty: Double? = nil) -> [String] {
    request.ofEarlierRevisions.map { parametersHash(of: $0, fileExtension: fileExtension, novelty: novelty) }
  }

  private func parametersHash(of request: GenerationRequest, fileExtension: String, novelty: Double?) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // A request of a checked manifest can always be encoded.
    let request = (try? encoder.encode(request)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let limit = novelty.map { " novelty \($0)" } ?? ""
    return StableHash.hexadecimal(
      StableHash.of("\(request) \(sampleRate) \(fileExtension)\(limit)\(file.mark)\(productMark)"))
  }

  /// What tells it from other instruments of the same request; empty of a clip.
  private var productMark: String {
    switch product {
    case .instrument(let plan):
      " instrument \(plan.keys) \(plan.every) \(plan.velocities) \(plan.takes) \(plan.seconds) \(plan.seed)"
    case .kit(let plan): " kit \(plan.drums.map(\.name)) \(plan.takes) \(plan.seed)"
    case .stems(let plan): " stems \(plan.mark)"
    case nil: ""
    }
  }

  /// The clips that are made of it.
  private var clipCount: Int {
    switch product {
    case .instrument(let plan): plan.stems.count
    case .kit(let plan): plan.stems.count
    case .stems(let plan): plan.clipCount
    case nil: 1
    }
  }

  /// About how much work it is, in milliseconds of one core: what the order of jobs and the time left go by.
  public var cost: Double { Double(clipCount) * clipCost }

  private var clipCost: Double {
    let branches = request.guidanceScale == 1 ? 1.0 : 2.0
    let evaluations = Double(request.steps) * (request.sampler == .heun ? 2 : 1) * branches
    return 1 + request.seconds * (2.5 * evaluations + 0.35 * Double(request.vocoderIterations))
  }
}
