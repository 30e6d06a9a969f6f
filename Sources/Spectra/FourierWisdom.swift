import CFFTW

/// What FFTW's patient planner found for the standard transform length, 3072, on an AVX-512 x86.
///
/// Estimated plans for this length take twice the time, and measuring at run time would let the plan, and with it the
/// last bits of every sound, depend on what else the machine was doing. An FFTW of another version or build does not
/// know this wisdom by its fingerprint, ignores it and estimates. It is `fftwf_export_wisdom_to_string` after planning
/// both directions, out of place, with FFTW_PATIENT and FFTW_DESTROY_INPUT: the best of four tries.
enum FourierWisdom {
  /// Hands the wisdom to FFTW's planner; the caller holds the planner's lock.
  static func learn() { _ = learned }

  /// Whether FFTW took the wisdom; asked for once a process.
  private static let learned = fftwf_import_wisdom_from_string(text) == 1

  private static let text = """
    (fftw-3.3.10 fftwf_wisdom #x9e7d4dee #xdb14fed1 #x34bf76a4 #xeb6e8fdf
      (fftwf_codelet_n2fv_12_avx 0 #x10048 #x10048 #x0 #xeb21c5e8 #x6ef73383 #xf881fbd1 #x2a13a1ed)
      (fftwf_codelet_r2cf_2 2 #x10048 #x10048 #x0 #x51ddea57 #x59e4640b #x937b3935 #xc99d9ee8)
      (fftwf_codelet_t2bv_16_avx 0 #x10048 #x10048 #x0 #x93900f75 #xc743c003 #x9ab5abf5 #x6552184a)
      (fftwf_codelet_hc2cbdftv_2_sse2 0 #x10048 #x10048 #x0 #xf28b600b #x2c59122c #x2a236e3c #xab1b2d9f)
      (fftwf_codelet_t2fv_16_avx 0 #x10048 #x10048 #x0 #x7115173d #x80738928 #xd64a44b5 #x1af16026)
      (fftwf_codelet_hc2cfdftv_2_sse2 0 #x10048 #x10048 #x0 #x54819c61 #xf37fbdf5 #x77ca865d #xaad3dc59)
      (fftwf_codelet_r2cfII_2 2 #x10048 #x10048 #x0 #x1cca8fc4 #x38e4271b #x227a872a #xca60d7fa)
      (fftwf_codelet_t2bv_8_avx 0 #x10048 #x10048 #x0 #x782ecb7c #x5ca26558 #x05a7532b #x41f46f7c)
      (fftwf_codelet_t2fv_8_avx 0 #x10048 #x10048 #x0 #x5f2761de #x09897664 #x94ae9912 #xac989cc9)
      (fftwf_codelet_r2cbIII_2 2 #x10048 #x10048 #x0 #x1a829243 #xa1f9b48a #x422bede5 #x3b01b96f)
      (fftwf_codelet_r2cb_2 2 #x10048 #x10048 #x0 #xb4c91359 #x23f5f156 #xebbeccff #x42b3df7a)
      (fftwf_dft_vrank_geq1_register 0 #x10048 #x10048 #x0 #x770878d1 #xf9c53cfc #xf5d0e0c6 #xcbc97738)
      (fftwf_codelet_n2bv_12_avx 0 #x10048 #x10048 #x0 #x2eb1c7de #xea773cd1 #x44a28723 #x1a2b8e06)
      (fftwf_dft_vrank_geq1_register 0 #x10048 #x10048 #x0 #xbde5b617 #x93623bc4 #xfbb4345a #x2cc50f50)
    )
    """
}
