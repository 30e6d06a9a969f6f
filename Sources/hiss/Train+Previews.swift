import Denoising
import Evaluation
import Foundation
import Spectra
import Synthesis
import Text
import Training

/// What is heard of a training before it ends.
extension Train {
  /// Makes previews and the page of them. What cannot be written is said once, and ends nothing.
  func listener(
    _ data: Dataset, _ encoder: SentenceEncoder, _ trainer: Trainer, mel: MelConfiguration
  ) -> (DiffusionTransformer, ModelConfiguration, Int) -> TrainingRun.Preview? {
    let previews = Previews(data, threads: engine.work.threads, encode: encoder.encode)
    var page = PreviewFolder(inModel: URL(fileURLWithPath: folders.output), upTo: trainer.step, mel: mel)
    var trouble: String?
    return { network, configuration, step in
      do {
        let report = try previews.report(on: network, configuration: configuration)
        do { try page.add(report, step: step) } catch {
          if trouble != "\(error)" { Console.note("warning: no previews can be written: \(error)") }
          trouble = "\(error)"
        }
        return report.obedience.map { .init(obedience: $0, novelty: report.medianNovelty) }
      } catch {
        Console.note("warning: at step \(step) nothing can be heard: \(error)")
        return nil
      }
    }
  }
}
