"""Names, words and venues for papers that do not exist."""

from __future__ import annotations

from dataclasses import dataclass

from .values import Person

CHINESE = "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Luo Gao Zheng Liang Xie Tang Han Cao Deng Feng Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Shen Yao Lu Cui Kang Mao Ouyang Shi Qian Dai Hou Bai Qin Meng".split()
GIVEN_CHINESE = "Wei Min Jun Hao Yan Lei Jing Xin Yu Bo Tao Ming Qiang Xiaoming Xiao-Ming Jiawei Zihan Yuxuan Haoran Ruiqi Siyu Yifan Zhiyuan Wenjie Xinyi Jianfeng Tat-Seng Ji-Rong Yongfeng Chenxi Hongyu Shuai Kaiwen Mengdi Tianyu Ziyang Peilin Guanjie Lingfei Xiangnan Weinan Fuli Yi An Jie".split()
WESTERN = [
    *"Miller Rossi Novak Schmidt Fischer Kowalski Svensson Larsen Virtanen Papadopoulos Ivanova Petrov Okafor Mensah Haddad Cohen Levi".split(),
    *"Müller Schröder Łukasiewicz Çelik Dvořák Håkansson Núñez Żak Őry Šimić Nguyễn Phạm Ångström Bjørnstad Gżegżółka Ó-Briain".split(),
    *"Abdul-Mageed Müller-Brandt Kim-Park El-Sayed Fraser-Hill Saint-Clair O'Brien D'Angelo McAuley MacDonald".split(),
    *"Sharma Gupta Iyer Banerjee Tanaka Suzuki Yamamoto Kim Park Lee Choi Tran Santos Pereira Gonçalves Silva Moreau Lefèvre".split(),
]
PARTICLES = "van den Berg|van der Laan|de Vries|van Dijk|ten Have|von Rohr|von der Heide|zu Putlitz|da Silva|dos Santos|de Oliveira|di Lorenzo|della Rocca|de la Cruz|le Roux|van 't Hoff".split(
    "|"
)
GIVEN_WESTERN = [
    *"Anna Peter Maria John Laura Thomas Elena Markus Julia David Sofia Daniel Clara Martin Nina Paul Ingrid Oscar Fatima Yusuf".split(),
    *"Aäron Zoë Łukasz Jürgen Çağlar Søren José Noémie Jiří Štěpán Bùi Øystein Mária Günther".split(),
    *"Jean-Luc|Anne-Sophie|Karl-Heinz|Philip S.|Ed H.|J. K.|Md Mehrab|Wayne Xin|Mary Ann|C. Lee|R. W.".split("|"),
]
MONONYMS = "Suharto Madhavan Sukarno Budiono Ilango Kiruthika".split()
GROUPS = [
    *("The Open Climate Consortium", "BigBench Team", "GALAXY Collaboration", "Trustworthy Systems Group"),
    *("The RoboNet Team", "Med-QA Working Group", "Sensor Grid Consortium"),
]

FIELDS = {
    "Recommendation": (
        "Sequential Recommendation|News Recommendation|Click-Through Rate Prediction|Cold-Start Items|Session-based Recommendation|Top-k Ranking|Explainable Recommendation|Cross-Domain Recommendation|Conversational Search|User Modeling",
        "Large Language Models|Contrastive Learning|Graph Neural Networks|Semantic IDs|Knowledge Distillation|Hypergraph Convolution|Prompt Tuning|Retrieval Augmentation|Collaborative Filtering|Diffusion Models",
    ),
    "Language": (
        "Machine Translation|Named Entity Recognition|Question Answering|Text Summarization|Dialogue State Tracking|Coreference Resolution|Low-Resource Languages|Fact Verification|Code Generation|Sentiment Analysis",
        "Pretrained Transformers|Instruction Tuning|In-Context Learning|Chain-of-Thought Prompting|Subword Regularization|Sparse Mixture-of-Experts|Multi-Task Learning|Preference Optimization|Byte-Level Models|Constrained Decoding",
    ),
    "Vision": (
        "Object Detection|Semantic Segmentation|3D Reconstruction|Person Re-Identification|Medical Image Registration|Video Captioning|Depth Estimation|Action Recognition|Scene Text Spotting|Point Cloud Completion",
        "Vision Transformers|Masked Autoencoders|Neural Radiance Fields|Test-Time Adaptation|Self-Supervised Pretraining|Deformable Attention|Score Matching|Optical Flow|Equivariant Networks|Open-Vocabulary Models",
    ),
    "Systems": (
        "Query Optimization|Index Tuning|Stream Processing|Log Anomaly Detection|Serverless Scheduling|Data Lake Discovery|Schema Matching|Transaction Processing|Flaky Test Detection|Program Repair",
        "Learned Cost Models|Bayesian Optimization|Vector Databases|Persistent Memory|Reinforcement Learning|Static Analysis|Approximate Sketches|Zone Maps|Symbolic Execution|Workload Forecasting",
    ),
    "Nature": (
        "Soil Moisture Mapping|Protein Folding|Weather Nowcasting|Species Distribution|Drug-Drug Interaction|Flood Forecasting|Crop Yield Estimation|Glacier Melt|Gene Expression|Seizure Prediction",
        "Gaussian Processes|Physics-Informed Networks|Bayesian Ensembles|Graph Transformers|Satellite Imagery|Variational Inference|Conformal Prediction|Spherical Harmonics|Causal Discovery|Neural Operators",
    ),
}
QUALITIES = "Efficient Robust Scalable Fair Interpretable Unified Personalized Adaptive Lightweight Privacy-Preserving Uncertainty-Aware Long-Tailed Hierarchical Multimodal Real-Time Federated Zero-Shot Noise-Tolerant Calibrated Industrial".split()
DOING = "Boosting Rethinking Enhancing Bridging Aligning Improving Revisiting Understanding Unifying Scaling Learning Modeling Denoising Exploiting".split()
ENDS = [
    *("A Survey", "A Simple Baseline", "A Benchmark", "An Empirical Study", "Methods and Open Problems", "Lessons from Practice"),
    *("Theory & Practice", "Challenges and Opportunities", "A Causal View", "What Works & What Doesn't"),
]
SYLLABLES = (
    "Gra Fu Re Sim Lo Tri Neo Hyp Cal Vec Mor Zen Pri Kno Dis Sem Al Ba Co Du Flo Lu Mi Na Or Pe Qua Sa Ti Um Wa Xe".split()
)
TAILS = "Rec Net Former GPT LLM Fuse Align Rank Bench Flow Mix Graph Diff Tune Lens Mind Seq Link Pilot Forge".split()


@dataclass(frozen=True)
class Venue:
    """Where made-up papers appear, and how their DOIs look: `{y}` is the year, `{a}` to `{c}` are numbers, `{l}` a short name."""

    label: str
    container: str
    publisher: str
    doi: str
    type: str = "proceedings-article"
    series: str = ""
    fields: str = ""


ACM = "10.1145/36{a}.37{b}"
LNCS = "10.1007/978-3-031-{a}-{d}_{e}"
VENUES = [
    Venue("SIGIR", "Proceedings of the {n}th International ACM SIGIR Conference on Research and Development in Information Retrieval", "ACM", ACM, fields="Recommendation Language"),
    Venue("RecSys", "Proceedings of the {n}th ACM Conference on Recommender Systems", "ACM", ACM, fields="Recommendation"),
    Venue("CIKM", "Proceedings of the {n}th ACM International Conference on Information and Knowledge Management", "ACM", ACM, fields="Recommendation Systems"),
    Venue("WWW", "Proceedings of the ACM on Web Conference {y}", "ACM", ACM, fields="Recommendation Systems"),
    Venue("TOIS", "ACM Transactions on Information Systems", "ACM", "10.1145/37{b}", "journal-article", fields="Recommendation Language"),
    Venue("KDD", "Proceedings of the {n}th ACM SIGKDD Conference on Knowledge Discovery and Data Mining", "ACM", ACM, fields="Recommendation Systems Nature"),
    Venue("ICDE", "{y} IEEE {n}th International Conference on Data Engineering (ICDE)", "IEEE", "10.1109/ICDE60146.{y}.{c}", fields="Systems Recommendation"),
    Venue("CVPR", "{y} IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "IEEE", "10.1109/CVPR52733.{y}.{c}", fields="Vision"),
    Venue("ICASSP", "ICASSP {y} - {y} IEEE International Conference on Acoustics, Speech and Signal Processing (ICASSP)", "IEEE", "10.1109/ICASSP48485.{y}.{c}", fields="Language Vision"),
    Venue("TKDE", "IEEE Transactions on Knowledge and Data Engineering", "IEEE", "10.1109/TKDE.{y}.{b}", "journal-article", fields="Systems Recommendation"),
    Venue("ACL", "Proceedings of the {n}th Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)", "Association for Computational Linguistics", "10.18653/v1/{y}.acl-long.{e}", fields="Language"),
    Venue("EMNLP", "Proceedings of the {y} Conference on Empirical Methods in Natural Language Processing", "Association for Computational Linguistics", "10.18653/v1/{y}.emnlp-main.{e}", fields="Language"),
    Venue("AAAI", "Proceedings of the AAAI Conference on Artificial Intelligence", "Association for the Advancement of Artificial Intelligence (AAAI)", "10.1609/aaai.v{n}i{d}.{a}", "journal-article", fields="Recommendation Language Vision"),
    Venue("IJCAI", "Proceedings of the Thirty-Third International Joint Conference on Artificial Intelligence", "International Joint Conferences on Artificial Intelligence Organization", "10.24963/ijcai.{y}/{e}", fields="Language Vision Nature"),
    Venue("ECML", "Machine Learning and Knowledge Discovery in Databases. Research Track", "Springer", LNCS, series="Lecture Notes in Computer Science", type="book-chapter", fields="Systems Nature"),
    Venue("DASFAA", "Database Systems for Advanced Applications", "Springer", LNCS, series="Lecture Notes in Computer Science", fields="Systems Recommendation"),
    Venue("ECCV", "Computer Vision – ECCV {y}", "Springer", LNCS, series="Lecture Notes in Computer Science", type="book-chapter", fields="Vision"),
    Venue("PVLDB", "Proceedings of the VLDB Endowment", "VLDB Endowment", "10.14778/36{a}.36{b}", "journal-article", fields="Systems"),
    Venue("Neurocomputing", "Neurocomputing", "Elsevier BV", "10.1016/j.neucom.{y}.12{a}", "journal-article", fields="Vision Nature"),
    Venue("EMS", "Environmental Modelling & Software", "Elsevier BV", "10.1016/j.envsoft.{y}.10{a}", "journal-article", fields="Nature"),
    Venue("JASIST", "Journal of the Association for Information Science and Technology", "Wiley", "10.1002/(SICI)1097-4571({y}06)49:8<{e}::AID-ASI{d}>3.0.CO;2-{l}", "journal-article", fields="Recommendation"),
    Venue("FAIA", "Frontiers in Artificial Intelligence and Applications", "IOS Press", "10.3233/faia{y},{e}{d}", "book-chapter", fields="Nature Vision Systems"),
]  # fmt: skip
WITHOUT_DOI = [
    ("ICLR", "The Thirteenth International Conference on Learning Representations"),
    ("NeurIPS", "Advances in Neural Information Processing Systems"),
    ("CEUR", "CEUR Workshop Proceedings"),
]


def people(draw, count, *, besides=()):
    """Different persons, none of them in `besides`; now and then a mononym, a group at the end."""
    taken, made = {person.as_printed() for person in besides}, []
    while len(made) < count:
        one = person(draw)
        if one.as_printed() not in taken:
            taken.add(one.as_printed())
            made.append(one)
    return tuple(made)


def person(draw):
    kind = draw.random()
    if kind < 0.55:
        return Person(draw.choice(CHINESE), draw.choice(GIVEN_CHINESE))
    if kind < 0.65:
        return Person(draw.choice(PARTICLES), draw.choice(GIVEN_WESTERN))
    if kind < 0.66:
        return Person(draw.choice(MONONYMS))
    return Person(draw.choice(WESTERN), draw.choice(GIVEN_WESTERN), "Jr." if draw.random() < 0.015 else "")


def authors(draw):
    """Of one paper: some have a group as well."""
    group = (Person(literal=draw.choice(GROUPS)),) if draw.random() < 0.03 else ()
    return (*people(draw, draw.choice((1, 2, 3, 3, 4, 4, 5, 6, 7, 9, 14))), *group)


def model_name(draw):
    name = "".join(draw.choice(SYLLABLES) for _ in range(draw.choice((2, 2, 3)))).capitalize() + draw.choice(TAILS)
    return name + draw.choice(("", "", "", "", "-2", "++", "4Rec"))


def titles(draw, field, model):
    """Two titles of one paper: as it is published, and another that it may have had before."""
    tasks, methods = (part.split("|") for part in FIELDS[field])
    (task, second), (method, other) = draw.sample(tasks, 2), draw.sample(methods, 2)
    quality, doing, end = draw.choice(QUALITIES), draw.choice(DOING), draw.choice(ENDS)
    a = "An" if quality[0] in "AEIOU" and quality != "Unified" else "A"
    core = draw.choice(
        [
            f"{doing} {quality} {task} with {method}",
            f"Towards {quality} {task} via {method} and {draw.choice(DOING)} Signals",
            f"{a} {quality} Framework for {task} Based on {method}",
            f"{method} for {quality} {task}: {end}",
            f"Can {method} Make {task} {quality}? On Cases Where {other} Fail",
            f"{doing} {method} in {quality} {task} & {second}",
            f"From {other} to {method}: {doing} {task} at Scale",
            f"{quality} {task} beyond {method}",
        ]
    )
    earlier = draw.choice(
        [
            f"{model}: {doing} {method} When {task} Meets {other}",
            f"{method} Are {quality} Learners of {task}",
            f"{model}: {a} {quality} Approach to {task} Using {method}",
            f"On {task} by {other}-Guided {method}",
        ]
    )
    return (core if draw.random() < 0.45 or ": " in core else f"{model}: {core}"), earlier
