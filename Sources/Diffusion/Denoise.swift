public import Tensors

/// All that diffusion knows of a network: from noised data `z` at time `t`, what the clean data are; of the same shape.
///
/// The path is z = t·x + (1 − t)·ε, from noise at t = 0 to data at t = 1 (rectified flow: Liu, Gong and Liu 2023), and
/// the network predicts x (Li and He 2025, "Back to Basics: Let Denoising Generative Models Denoise"). Its best answer
/// is the mean of x given z, and the velocity along the path is (x̂ − z) / (1 − t).
public typealias Denoise = (_ z: Tensor, _ t: Float) -> Tensor
