"""Proper names that stand in titles of this field, and keep their capital in sentence case."""

from __future__ import annotations

PROPER_NAMES = frozenset(
    """
    African American Arabic Asian Australian Brazilian British Bulgarian Canadian Catalan Chinese Croatian Czech Danish Dutch
    English European Finnish French German Greek Hebrew Hindi Hungarian Indian Indonesian Irish Italian Japanese Korean Latin
    Norwegian Persian Polish Portuguese Romanian Russian Spanish Swahili Swedish Thai Turkish Ukrainian Urdu Vietnamese

    Africa America Asia Australia Austria Barcelona Beijing Berlin Brazil Britain California Canada China Copenhagen Delhi
    Europe Finland France Germany Greece India Ireland Israel Italy Japan Korea London Mexico Moscow Paris Poland Portugal
    Rome Russia Scotland Shanghai Singapore Spain Sweden Switzerland Taiwan Tokyo Turkey Ukraine Vienna York

    Bayes Bayesian Bellman Bernoulli Bessel Boltzmann Boolean Bregman Brownian Carlo Cartesian Cauchy Chebyshev Dirichlet
    Elo Euclidean Fisher Fourier Frobenius Gauss Gaussian Gibbs Gumbel Hadamard Hamiltonian Hamming Hawkes Hessian Hilbert
    Jaccard Jacobian Jensen Kalman Kantorovich Kolmogorov Kullback Lagrange Lagrangian Laplace Laplacian Lipschitz Lorentz
    Lorentzian Markov Markovian Martingale Minkowski Nash Newton Newtonian Pareto Pearson Petri Plackett Poincaré Poisson
    Rasch Riemann Riemannian Shannon Shapley Simpson Sinkhorn Skinner Sobolev Socratic Stein Thompson Tikhonov Turing
    Voronoi Wasserstein Weibull Wiener Zipf

    Airbnb Alexa Alibaba Amazon Android Baidu Bing Douban Facebook Flickr Goodreads Google Instagram Kaggle Kuaishou Meituan
    Microsoft Mooc Netflix Pinterest Quora Reddit Snapchat Spotify Taobao Telegram Tencent Twitter Wikidata Wikipedia Xbox
    Yelp Zalando Zhihu

    Alzheimer Alzheimer's Bard Claude Gemini Llama Mamba Mistral Mixtral Parkinson Parkinson's Qwen Vicuna

    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July September October November
    December Christmas Easter Ramadan
    """.split()
)  # no word that is also a common one: May, March, Apple, Steam
